import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '@/shared/router/routes'
import { oneOf } from '@/shared/router/search'

export const periods = ['30', '90', '365'] as const
export const scopes = ['mine', 'team'] as const

interface InsightsSearch {
  /** How many days back; 90 when it is left out. */
  days?: (typeof periods)[number]
  scope?: (typeof scopes)[number]
}

export const insightsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/insights',
  validateSearch: (search: Record<string, unknown>): InsightsSearch => ({
    days: oneOf(String(search.days), periods),
    scope: oneOf(search.scope, scopes),
  }),
  component: lazyRouteComponent(() => import('./InsightsPage'), 'InsightsPage'),
})

export const insightRoutes = [insightsRoute] as const
