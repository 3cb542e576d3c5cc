import { oneOf, text } from '@/shared/router/search'

/** Kinds of things, in the order in which they are offered. */
export const kinds = ['resource', 'idea', 'post', 'draft', 'person'] as const
export type Kind = (typeof kinds)[number]

/** By what the results can be narrowed, beside their kind. */
export const narrowings = ['type', 'stage', 'persona', 'industry', 'product', 'lang'] as const
export type Narrowing = (typeof narrowings)[number]

export type PageSearch = { q?: string; in?: Kind } & { [name in Narrowing]?: string[] }

function texts(value: unknown): string[] | undefined {
  const values = (Array.isArray(value) ? value : [value]).map(text).filter((v) => v !== undefined)
  return values.length > 0 ? [...new Set(values)].slice(0, 20) : undefined
}

export function parseSearch(search: Record<string, unknown>): PageSearch {
  const parsed: PageSearch = { q: text(search.q)?.slice(0, 500), in: oneOf(search.in, kinds) }
  for (const name of narrowings) parsed[name] = texts(search[name])
  return parsed
}
