import { useQuery } from '@tanstack/react-query'
import { suggestSearchOptions } from '@/shared/api/generated/@tanstack/react-query.gen'

interface Shown {
  title: string
  snippet: string
}

const few = 3

/** Whether the words may be misspelt: little was found, or one of them stands nowhere in what was. */
export function isDoubtful(words: string, hits: Shown[]): boolean {
  if (hits.length < few) return true
  const shown = hits
    .map((hit) => `${hit.title} ${hit.snippet}`)
    .join(' ')
    .toLowerCase()
    .replaceAll('\u0001', '')
    .replaceAll('\u0002', '')
  return words
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .some((word) => word.length > 3 && !shown.includes(word))
}

/** The words that somebody may have meant; asked for after the answer, which does not wait for it. `hits` are undefined until then. */
export function useCorrection(words: string, hits: Shown[] | undefined): string {
  const isAsked = words.length > 3 && hits !== undefined && isDoubtful(words, hits)
  const { data } = useQuery({
    ...suggestSearchOptions({ query: { q: words } }),
    enabled: isAsked,
    staleTime: 60_000,
    retry: false,
  })
  return (isAsked && data?.words) || ''
}
