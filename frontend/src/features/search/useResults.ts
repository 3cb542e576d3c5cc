import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { searchQueryKey } from '@/shared/api/generated/@tanstack/react-query.gen'
import { search as find } from '@/shared/api/generated/sdk.gen'
import type { SearchData } from '@/shared/api/generated/types.gen'
import { narrowings, type PageSearch } from './search'

const pageSize = 20
// the server goes no farther
const farthest = 900

type Query = NonNullable<SearchData['query']>

/** The address of the page as the API wants it. */
export function queryOf(search: PageSearch): Query {
  return {
    q: search.q,
    in: search.in ? [search.in] : undefined,
    type: search.type,
    stage: search.stage,
    persona: search.persona,
    industry: search.industry,
    product: search.product,
    region: search.region,
    lang: search.lang,
    tags: search.tags,
    sharing: search.sharing,
    freshness: search.freshness,
    collection: search.collection,
    sort: search.sort,
  }
}

/** Results of a search, a page at a time. */
export function useResults(search: PageSearch) {
  const query: Query = { ...queryOf(search), facets: [...narrowings], alternatives: true, limit: pageSize }
  const results = useInfiniteQuery({
    queryKey: [...searchQueryKey({ query }), 'pages'],
    queryFn: async ({ pageParam, signal }) => {
      const { data } = await find({ query: { ...query, offset: pageParam }, signal, throwOnError: true })
      return data
    },
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const offset = pages.length * pageSize
      const isMore = last.hits.length === pageSize && offset < last.estimated_total && offset <= farthest
      return isMore ? offset : undefined
    },
    enabled: Boolean(search.q),
    placeholderData: keepPreviousData,
  })
  const hits = useMemo(() => (results.data?.pages ?? []).flatMap((p) => p.hits), [results.data])
  return { ...results, hits }
}
