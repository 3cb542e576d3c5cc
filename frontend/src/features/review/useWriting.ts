import { useState } from 'react'
import type { Place } from './places'

/** A place that is being commented on, in the version of the text in which it was marked. */
export interface WrittenPlace extends Place {
  version: number
}

/** What somebody outside is about to say. It outlives a refused request, and a text that is loaded again. */
export function useWriting() {
  const [place, setPlace] = useState<WrittenPlace>()
  const [body, setBody] = useState('')
  return {
    place,
    body,
    setBody,
    begin: setPlace,
    end: () => {
      setPlace(undefined)
      setBody('')
    },
    cancel: () => setPlace(undefined),
  }
}

export type Writing = ReturnType<typeof useWriting>
