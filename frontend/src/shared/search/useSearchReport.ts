import { useEffect, useState } from 'react'
import { reportSearch } from '@/shared/api/generated/sdk.gen'
import { useMe } from '@/shared/session/session'
import { noteSearch } from './recentSearches'
import { type Outcome, SearchRun } from './searchRun'

/** Nothing depends on it: a report that is lost is not sent again, and nobody waits for it. */
function send({ words, found, opened }: Outcome): void {
  const body = { words: words.slice(0, 200), found: Math.min(found, 1_000_000), opened }
  void reportSearch({ body, keepalive: true }).catch(() => undefined)
}

/**
 * Reports what becomes of the searches of a box, so that marketing hears what is missing, and keeps their words on this device. `found` is undefined while the
 * answer is not there, or is narrowed by more than words. Call `opened` when a hit is opened.
 */
export function useSearchReport(words: string, found: number | undefined): SearchRun {
  const me = useMe()
  const [run] = useState(
    () =>
      new SearchRun((outcome) => {
        noteSearch(me.id, outcome.words)
        send(outcome)
      }),
  )
  useEffect(() => {
    if (found !== undefined || !words) run.seen(words, found ?? 0)
  }, [run, words, found])
  useEffect(() => {
    const end = () => run.end()
    addEventListener('pagehide', end)
    return () => {
      removeEventListener('pagehide', end)
      end()
    }
  }, [run])
  return run
}
