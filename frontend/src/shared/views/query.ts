import { defaultParseSearch, defaultStringifySearch } from '@tanstack/react-router'

type Search = Record<string, unknown>

/** What of an address makes a view: not where in time or on which phone tab one is. In one order, so that equal is equal. */
export function queryOf(search: Search, keys: readonly string[]): string {
  const kept = keys.toSorted().flatMap((key) => (search[key] === undefined ? [] : [[key, search[key]] as const]))
  return defaultStringifySearch(Object.fromEntries(kept)).replace(/^\?/, '')
}

/** The filters of a saved view; the page's own parser drops what it does not know. */
export function searchOf(query: string): Search {
  return defaultParseSearch(`?${query}`)
}

/** A saved query in the order in which `queryOf` writes. */
export const normal = (query: string, keys: readonly string[]) => queryOf(searchOf(query), keys)
