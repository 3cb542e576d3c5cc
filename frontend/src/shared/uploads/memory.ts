import type { UploadTarget } from './targets'

/** What is known of an upload after a reload; the file itself has to be chosen again. */
export interface Remembered {
  assetId: string
  name: string
  size: number
  sha256: string
  target?: UploadTarget
}

const keyOf = (userId: string) => `byline-uploads:${userId}`

/** Uploads of one person that are not done, kept in the browser. A browser without storage forgets. */
export function readMemory(userId: string): Remembered[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(keyOf(userId)) ?? '[]')
    return Array.isArray(list) ? list.filter((entry) => typeof entry?.assetId === 'string') : []
  } catch {
    return []
  }
}

function write(userId: string, list: Remembered[]): void {
  try {
    if (list.length > 0) localStorage.setItem(keyOf(userId), JSON.stringify(list))
    else localStorage.removeItem(keyOf(userId))
  } catch {
    // full or forbidden: an upload then does not survive a reload
  }
}

export function remember(userId: string, entry: Remembered): void {
  write(userId, [...readMemory(userId).filter((e) => e.assetId !== entry.assetId), entry])
}

export function forget(userId: string, assetId: string): void {
  write(
    userId,
    readMemory(userId).filter((e) => e.assetId !== assetId),
  )
}
