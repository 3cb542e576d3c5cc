import { type RefObject, useEffect } from 'react'
import { useSearchReport } from '@/shared/search/useSearchReport'

interface SearchReportProps {
  words: string
  /** How many there are, when they are narrowed by nothing but words. */
  found: number | undefined
  listRef: RefObject<HTMLElement | null>
}

/** Reports what becomes of a search of the library. It shows nothing, and comes after the page. */
export function SearchReport({ words, found, listRef }: SearchReportProps) {
  const run = useSearchReport(words, found)
  useEffect(() => {
    const list = listRef.current
    const handleOpen = (event: Event) => {
      if ((event.target as Element).closest('a[href^="/library/"]')) run.opened()
    }
    list?.addEventListener('click', handleOpen, true)
    list?.addEventListener('auxclick', handleOpen, true)
    return () => {
      list?.removeEventListener('click', handleOpen, true)
      list?.removeEventListener('auxclick', handleOpen, true)
    }
  }, [run, listRef])
  return null
}
