import { useQuery } from '@tanstack/react-query'
import { listTaxonomyOptions } from '@/shared/api/generated/@tanstack/react-query.gen'

/** The values of a facet that are offered, the most used first: all that are known and not retired. */
export function useOffered(): (facet: string) => string[] {
  const { data } = useQuery({ ...listTaxonomyOptions(), staleTime: 60_000 })
  return (facet) => (data?.items ?? []).filter((v) => v.facet === facet && !v.retired).map((v) => v.value)
}
