import { useIntersection } from '@mantine/hooks'
import { type InfiniteData, keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'

interface Page {
  items: unknown[]
  next_cursor?: string
  total?: number
}

/** What the generated `list…InfiniteOptions()` give. */
interface ListOptions<P extends Page> {
  queryKey: QueryKey
  // biome-ignore lint/suspicious/noExplicitAny: the generated context type differs per operation and is of no use here
  queryFn?: ((context: any) => P | Promise<P>) | symbol
}

/**
 * A list with cursors: `const list = useInfiniteList(listIdeasInfiniteOptions({ query }))`. Put `list.endRef` on an
 * element behind the rows: the next page is fetched when it comes near. While filters change the old rows stay.
 */
export function useInfiniteList<P extends Page>(options: ListOptions<P>, enabled = true) {
  const query = useInfiniteQuery<P, Error, InfiniteData<P, string>, QueryKey, string>({
    queryKey: options.queryKey,
    queryFn: options.queryFn as (context: unknown) => Promise<P>,
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
    placeholderData: keepPreviousData,
    enabled,
  })
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query
  const { ref: endRef, entry } = useIntersection({ rootMargin: '600px' })
  const isNear = entry?.isIntersecting ?? false
  useEffect(() => {
    if (isNear && hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage()
  }, [isNear, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])
  const items = useMemo(() => (query.data?.pages ?? []).flatMap((page) => page.items) as P['items'], [query.data])
  return { ...query, items, total: query.data?.pages[0]?.total, endRef }
}
