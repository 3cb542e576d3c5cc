import type { ListDraftsData } from '@/shared/api/generated/types.gen'
import type { BoardSearch } from '../routes'

type Query = NonNullable<ListDraftsData['query']>

/** What the address says, as the API wants it. */
export function queryOf(
  { show, person, type, side, idea, archived, sort }: BoardSearch,
  state?: Query['state'],
): Query {
  return {
    state: archived ? ['archived'] : state,
    mine: show === 'mine' || undefined,
    waiting: show === 'waiting' || undefined,
    overdue: show === 'overdue' || undefined,
    person,
    side,
    idea,
    sort: state ? undefined : sort, // a column has its own order
    content_type: type,
    limit: 30,
  }
}
