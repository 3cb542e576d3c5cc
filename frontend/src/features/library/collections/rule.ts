import type { CollectionRule } from '@/shared/api/generated/types.gen'
import { type FacetName, facetNames, type LibrarySearch } from '../search'

const fieldOf = (facet: FacetName) => (facet === 'type' ? 'content_type' : facet)

/** The filters of the library as a rule; words, tab and order are no part of it. */
export function ruleOf(search: LibrarySearch): CollectionRule {
  return Object.fromEntries(facetNames.flatMap((f) => (search[f] ? [[fieldOf(f), search[f]]] : [])))
}

export function searchOf(rule: CollectionRule): LibrarySearch {
  return Object.fromEntries(
    facetNames.flatMap((f) => {
      const values = rule[fieldOf(f)]
      return values?.length ? [[f, values]] : []
    }),
  )
}

export const mayMake = (me: { side: string; lead?: boolean; admin?: boolean }) =>
  me.side === 'marketing' || Boolean(me.lead) || Boolean(me.admin)
