import type { CollectionRule } from '@/shared/api/generated/types.gen'
import { type FacetName, facetNames } from '@/shared/search/facets'
import type { LibrarySearch } from '../search'

type RuleFacet = Exclude<FacetName, 'freshness' | 'collection'>

/** What a rule can say: it does not change by itself as time passes, and names no other collection. */
const ruleFacets = facetNames.filter((f): f is RuleFacet => f !== 'freshness' && f !== 'collection')

const fieldOf = (facet: RuleFacet) => (facet === 'type' ? 'content_type' : facet)

export const canBeRule = (search: LibrarySearch) => ruleFacets.some((f) => search[f])

/** The filters of the library as a rule; words, tab and order are no part of it. */
export function ruleOf(search: LibrarySearch): CollectionRule {
  return Object.fromEntries(ruleFacets.flatMap((f) => (search[f] ? [[fieldOf(f), search[f]]] : [])))
}

export function searchOf(rule: CollectionRule): LibrarySearch {
  return Object.fromEntries(
    ruleFacets.flatMap((f) => {
      const values = rule[fieldOf(f)]
      return values?.length ? [[f, values]] : []
    }),
  )
}

export const mayMake = (me: { side: string; lead?: boolean; admin?: boolean }) =>
  me.side === 'marketing' || Boolean(me.lead) || Boolean(me.admin)
