import { newKey } from '@/shared/api/client'
import type { DocJson } from './transport'

/** Text that the server does not have yet, as this device keeps it. */
export interface Kept {
  key: string
  at: number
  /** The version of the document that it changes, and its content; without base it was too large to keep twice. */
  version: number
  base?: DocJson
  doc: DocJson
}

const longestWithBase = 1_500_000

/**
 * Keeps the unsaved text of one person and draft over reloads, crashes and sign-outs. In localStorage, since that writes
 * at once: a page that goes away has no time to wait. Each tab has an entry of its own.
 */
export class Keeper {
  private readonly prefix: string
  private readonly own: string

  constructor(userId: string, draftId: string) {
    this.prefix = `byline-text:${userId}:${draftId}:`
    this.own = this.prefix + newKey()
  }

  /** False when this device does not take it. */
  write(entry: Omit<Kept, 'key'>): boolean {
    try {
      const { base, ...rest } = entry
      const text = JSON.stringify(rest)
      const hasRoom = text.length + JSON.stringify(base ?? null).length < longestWithBase
      localStorage.setItem(this.own, hasRoom ? JSON.stringify(entry) : text)
      return true
    } catch {
      return false
    }
  }

  /** What tabs before this one left behind, newest first. */
  left(): Kept[] {
    const found: Kept[] = []
    try {
      for (let i = 0; i < localStorage.length; i++) {
        const key = localStorage.key(i)
        if (!key?.startsWith(this.prefix) || key === this.own) continue
        const entry = JSON.parse(localStorage.getItem(key) ?? 'null') as Kept | null
        if (entry?.doc?.type === 'doc' && typeof entry.version === 'number') found.push({ ...entry, key })
      }
    } catch {
      // no storage, or not ours: nothing was kept
    }
    return found.sort((a, b) => b.at - a.at)
  }

  drop(key: string = this.own): void {
    try {
      localStorage.removeItem(key)
    } catch {
      // no storage
    }
  }
}
