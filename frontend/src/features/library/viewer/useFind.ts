import { useEffect, useMemo, useState } from 'react'
import { type Place, placesOf, type Query } from './find'

/** Looks for words in a file: all places, and the one that is shown. */
export function useFind(pages: { page: number; text: string }[], mark: string | undefined, from: number) {
  const [query, setQuery] = useState<Query | undefined>(mark ? { text: mark, isWords: true } : undefined)
  const [index, setIndex] = useState<number>()
  useEffect(() => {
    setQuery(mark ? { text: mark, isWords: true } : undefined)
    setIndex(undefined)
  }, [mark])
  const places = useMemo(() => placesOf(pages, query), [pages, query])
  // before one goes on, the first place from where one reads on
  const first = places.findIndex((p) => p.page >= from)
  const current =
    places.length === 0 ? -1 : index === undefined ? Math.max(first, 0) : Math.min(index, places.length - 1)

  /** Goes to the next place, or the one before, round and round. */
  const step = (by: 1 | -1): Place | undefined => {
    if (places.length === 0) return undefined
    const isNew = index === undefined
    const next = isNew && by === 1 ? current : (current + by + places.length) % places.length
    setIndex(next)
    return places[next]
  }
  return {
    query,
    places,
    current,
    place: index === undefined ? undefined : places[current],
    step,
    look: (text: string) => {
      setQuery(text.trim() ? { text, isWords: false } : undefined)
      setIndex(undefined)
    },
  }
}

export type Find = ReturnType<typeof useFind>
