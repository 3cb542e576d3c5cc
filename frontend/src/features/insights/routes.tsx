import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '@/shared/router/routes'

export const insightsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/insights',
  component: lazyRouteComponent(() => import('./InsightsPage'), 'InsightsPage'),
})

export const insightRoutes = [insightsRoute] as const
