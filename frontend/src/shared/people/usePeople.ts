import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { getPersonOptions, listPeopleOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Person } from '@/shared/api/generated/types.gen'

export type Side = Person['side']

/** People by their ids, those already here first; unknown ids are left out. */
export function usePeople(ids: string[]): Person[] {
  return useQueries({
    queries: ids.map((id) => ({ ...getPersonOptions({ path: { id } }), staleTime: 300_000 })),
    combine: (results) => results.flatMap((r) => r.data ?? []),
  })
}

/** People whose name holds the words, 150 ms after the last key. */
export function usePeopleSearch(words: string, side?: Side) {
  const [q] = useDebouncedValue(words.trim(), 150)
  return useQuery({
    ...listPeopleOptions({ query: { q: q || undefined, side, limit: 20 } }),
    placeholderData: keepPreviousData,
  })
}
