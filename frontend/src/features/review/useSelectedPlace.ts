import { type RefObject, useEffect, useState } from 'react'
import { type Place, placeOfRange } from './places'

/** A press on the button that uses a selection may end the selection first. */
const grace = 300

/** The words that are selected in the text, as a place of it. */
export function useSelectedPlace(text: RefObject<HTMLElement | null>, isOn: boolean) {
  const [place, setPlace] = useState<Place>()
  useEffect(() => {
    if (!isOn) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let had = false
    const look = () => {
      const selection = window.getSelection()
      const range =
        selection && !selection.isCollapsed && selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined
      clearTimeout(timer)
      if (range && text.current?.contains(range.commonAncestorContainer)) {
        timer = setTimeout(() => {
          had = true
          if (text.current) setPlace(placeOfRange(text.current, range))
        }, 100)
      } else if (had) {
        timer = setTimeout(() => {
          had = false
          setPlace(undefined)
        }, grace)
      }
    }
    document.addEventListener('selectionchange', look)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('selectionchange', look)
    }
  }, [isOn, text])
  return [place, setPlace] as const
}
