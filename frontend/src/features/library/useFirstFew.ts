import { startTransition, useEffect, useState } from 'react'

const few = 9 // about what a screen shows

/**
 * The first few of a list that has just arrived, and all of them a moment later: so what one sees is there sooner. A list
 * that is there when its page opens is shown whole, so that one comes back to where one was.
 */
export function useFirstFew<T>(items: readonly T[]): readonly T[] {
  const [isWhole, setWhole] = useState(items.length > 0)
  const hasSome = items.length > 0
  useEffect(() => {
    if (hasSome) startTransition(() => setWhole(true))
  }, [hasSome])
  return isWhole ? items : items.slice(0, few)
}
