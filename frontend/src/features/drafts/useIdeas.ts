import { useQueries } from '@tanstack/react-query'
import { getIdeaOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Idea } from '@/shared/api/generated/types.gen'

/** Ideas by their ids; those that one may not see are left out. */
export function useIdeas(ids: string[]): Idea[] {
  return useQueries({
    queries: ids.map((id) => ({ ...getIdeaOptions({ path: { id } }), staleTime: 60_000 })),
    combine: (results) => results.flatMap((r) => r.data ?? []),
  })
}
