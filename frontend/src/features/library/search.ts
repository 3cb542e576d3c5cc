import { oneOf, text } from '@/shared/router/search'
import { type FacetName, facetNames } from '@/shared/search/facets'

const tabs = ['all', 'favourites', 'new', 'review_due', 'archived'] as const
export type Tab = (typeof tabs)[number]
export const sorts = ['best', 'new', 'used', 'rated', 'title'] as const
export type Sort = (typeof sorts)[number]

/** What the address of the library says. */
export type LibrarySearch = {
  q?: string
  tab?: Tab
  sort?: Sort
  view?: 'list'
} & { [name in FacetName]?: string[] }

function texts(value: unknown): string[] | undefined {
  const values = (Array.isArray(value) ? value : [value]).map(text).filter((v) => v !== undefined)
  return values.length > 0 ? [...new Set(values)].slice(0, 20) : undefined
}

export function parseLibrarySearch(search: Record<string, unknown>): LibrarySearch {
  const parsed: LibrarySearch = {
    q: text(search.q)?.slice(0, 200),
    tab: oneOf(search.tab, tabs.slice(1)),
    sort: oneOf(search.sort, sorts),
    view: oneOf(search.view, ['list']),
  }
  for (const name of facetNames) parsed[name] = texts(search[name])
  return parsed
}
