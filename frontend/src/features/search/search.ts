import { oneOf, text } from '@/shared/router/search'

/** Kinds of things, in the order in which they are offered. */
export const kinds = ['resource', 'idea', 'post', 'draft', 'person'] as const
export type Kind = (typeof kinds)[number]

/** By what the results can be narrowed, beside their kind. */
export const narrowings = [
  'type',
  'stage',
  'persona',
  'industry',
  'product',
  'region',
  'lang',
  'tags',
  'sharing',
  'freshness',
] as const
export type Narrowing = (typeof narrowings)[number]

export const sorts = ['best', 'new', 'used', 'rated'] as const
export type Sort = (typeof sorts)[number]

/** What the address of the search says. */
export type PageSearch = { q?: string; in?: Kind; sort?: Sort; collection?: string[] } & {
  [name in Narrowing]?: string[]
}

/** How many filters are on, beside the kind. */
export const countNarrowed = (search: PageSearch) =>
  narrowings.filter((name) => search[name]).length + (search.collection ? 1 : 0)

export function toggled(values: string[] = [], value: string): string[] | undefined {
  const next = values.includes(value) ? values.filter((v) => v !== value) : [...values, value]
  return next.length > 0 ? next : undefined
}

function texts(value: unknown): string[] | undefined {
  const values = (Array.isArray(value) ? value : [value]).map(text).filter((v) => v !== undefined)
  return values.length > 0 ? [...new Set(values)].slice(0, 20) : undefined
}

export function parseSearch(search: Record<string, unknown>): PageSearch {
  const parsed: PageSearch = {
    q: text(search.q)?.slice(0, 500),
    in: oneOf(search.in, kinds),
    sort: oneOf(search.sort, sorts.slice(1)),
    collection: texts(search.collection),
  }
  for (const name of narrowings) parsed[name] = texts(search[name])
  return parsed
}
