import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '@/shared/router/routes'
import { oneOf } from '@/shared/router/search'

export const tagFacets = ['persona', 'stage', 'industry', 'product', 'region', 'lang', 'tag'] as const
export type TagFacet = (typeof tagFacets)[number]

export const taxonomyRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings/taxonomy',
  validateSearch: (s: Record<string, unknown>): { facet?: TagFacet } => ({ facet: oneOf(s.facet, tagFacets) }),
  component: lazyRouteComponent(() => import('./TaxonomyPage'), 'TaxonomyPage'),
})

export const synonymsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings/synonyms',
  component: lazyRouteComponent(() => import('./synonyms/SynonymsPage'), 'SynonymsPage'),
})

export const taxonomyRoutes = [taxonomyRoute, synonymsRoute] as const
