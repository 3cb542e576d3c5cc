import { queryOptions, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { listContentTypesOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { ContentType } from '@/shared/api/generated/types.gen'
import { nameContentTypes } from './contentType'

export const contentTypesOptions = () => queryOptions({ ...listContentTypesOptions(), staleTime: 5 * 60_000 })

/** The types of content, in the order in which they are offered; `offered` are those for new pieces. */
export function useContentTypes(): { all: ContentType[]; offered: ContentType[] } {
  const { data } = useQuery(contentTypesOptions())
  const all = data?.items ?? []
  return { all, offered: all.filter((type) => !type.archived) }
}

/** Choices for a select: those that are offered, and the one that is chosen even when it is archived. */
export function useContentTypeChoices(chosen?: string): { value: string; label: string }[] {
  const { all } = useContentTypes()
  return all
    .filter((type) => !type.archived || type.key === chosen)
    .map((type) => ({ value: type.key, label: type.name }))
}

/** Keeps the names that `contentTypeLabel` gives up to date. Once, in the shell. */
export function useContentTypeNames(): void {
  const { data } = useQuery(contentTypesOptions())
  useEffect(() => {
    if (data) nameContentTypes(data.items)
  }, [data])
}
