import { ReplaceAroundStep, ReplaceStep } from '@tiptap/pm/transform'
import { newKey } from '@/shared/api/client'
import type { Unconfirmed } from '@/shared/editor/live/collab'
import type { Unplaced } from './transport'

/** The words that steps would have brought; what only took away or changed the looks has none. */
export function wordsOf(steps: readonly Unconfirmed[]): string {
  let words = ''
  for (const { step } of steps) {
    if (!(step instanceof ReplaceStep || step instanceof ReplaceAroundStep)) continue
    const { content } = step.slice
    const text = content.textBetween(0, content.size, '\n')
    if (content.childCount > 1 && words) words += '\n'
    words += text
  }
  return words.trim()
}

export function unplacedFrom(steps: readonly Unconfirmed[], why: string, at: number): Unplaced | undefined {
  const text = wordsOf(steps)
  return text ? { id: newKey(), text, at, why: why === 'reset' ? 'late' : why } : undefined
}

const nameOf = (user: string, draft: string) => `byline-unplaced:${user}:${draft}`

/** The tray of a draft outlives the page. */
export function readUnplaced(user: string, draft: string): Unplaced[] {
  try {
    return JSON.parse(localStorage.getItem(nameOf(user, draft)) ?? '[]') as Unplaced[]
  } catch {
    return []
  }
}

export function keepUnplaced(user: string, draft: string, all: readonly Unplaced[]): void {
  try {
    if (all.length > 0) localStorage.setItem(nameOf(user, draft), JSON.stringify(all))
    else localStorage.removeItem(nameOf(user, draft))
  } catch {
    // no storage: it is shown all the same
  }
}
