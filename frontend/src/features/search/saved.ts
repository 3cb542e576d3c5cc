import { facetNames } from '@/shared/search/facets'
import { queryOf } from '@/shared/views/query'
import type { PageSearch } from './search'

/** What the library can be narrowed to as well, under the same names. */
const keys = ['q', 'sort', ...facetNames]

/** A search as the filters of a view of the library; undefined where the library would show something else. */
export function savedQueryOf(search: PageSearch): string | undefined {
  if (!search.q || search.q.length > 200 || search.tags || (search.in && search.in !== 'resource')) return undefined
  const query = queryOf(search, keys)
  return query.length <= 2000 ? query : undefined
}
