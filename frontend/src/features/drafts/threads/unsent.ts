import { useCallback, useEffect, useState } from 'react'
import { noWords, type Unsent } from '@/shared/discussion/unsent'
import { useMe } from '@/shared/session/session'
import type { Range } from './anchors'

/** A comment that was begun: what is said, about which words, and where they stood. */
export interface Begun extends Unsent {
  quote: string
  at: Range | null
  /** Begun just now, so the caret belongs there. */
  isFresh?: boolean
}

const nameOf = (user: string, draft: string, thread: string) => `byline-comment:${user}:${draft}:${thread}`

function read<T extends Unsent>(name: string): T | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(name) ?? 'null') as T | null
    return kept && typeof kept.text === 'string' && Array.isArray(kept.people) ? kept : undefined
  } catch {
    return undefined // no storage, or not ours
  }
}

function keep(name: string, value: Unsent | undefined): void {
  try {
    if (value?.text.trim()) localStorage.setItem(name, JSON.stringify(value))
    else localStorage.removeItem(name)
  } catch {
    // no storage: it stays on the screen
  }
}

export function readBegun(user: string, draft: string): Begun | undefined {
  const kept = read<Begun>(nameOf(user, draft, 'new'))
  return kept && typeof kept.quote === 'string' ? { ...kept, isFresh: false } : undefined
}
export const keepBegun = (user: string, draft: string, value: Begun | undefined) =>
  keep(nameOf(user, draft, 'new'), value)

/** The words of a reply; they outlive the page until they are sent. */
export function useUnsent(draft: string, thread: string) {
  const me = useMe()
  const name = nameOf(me.id, draft, thread)
  const [value, setValue] = useState<Unsent>(() => read(name) ?? noWords)
  useEffect(() => keep(name, value), [name, value])
  const clear = useCallback(
    (sent: string) => {
      // it may have left the screen meanwhile
      if (read(name)?.text.trim() === sent) keep(name, undefined)
      setValue((now) => (now.text.trim() === sent ? noWords : { ...now, people: [] }))
    },
    [name],
  )
  return { value, setValue, clear }
}
