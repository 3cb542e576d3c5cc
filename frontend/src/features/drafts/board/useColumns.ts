import { listDraftsInfiniteOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { ListDraftsResponse } from '@/shared/api/generated/types.gen'
import { useInfiniteList } from '@/shared/api/useInfiniteList'
import type { BoardSearch } from '../routes'
import type { Stage } from '../stages'
import { queryOf } from './query'

function useColumn(search: BoardSearch, stage: Stage) {
  return useInfiniteList<ListDraftsResponse>(listDraftsInfiniteOptions({ query: queryOf(search, [stage]) }))
}

export type ColumnList = ReturnType<typeof useColumn>

/** Each stage is a list of its own, so that a long one does not push the others out. */
export function useColumns(search: BoardSearch): Record<Stage, ColumnList> {
  return {
    brief: useColumn(search, 'brief'),
    writing: useColumn(search, 'writing'),
    in_review: useColumn(search, 'in_review'),
    approved: useColumn(search, 'approved'),
    published: useColumn(search, 'published'),
  }
}
