/** What resources are narrowed by, in the library and in a search, in the order in which a rep asks: what, for which moment, for whom. */
export const facetNames = [
  'type',
  'stage',
  'persona',
  'industry',
  'product',
  'region',
  'lang',
  'sharing',
  'freshness',
  'collection',
] as const
export type FacetName = (typeof facetNames)[number]
