import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '@/shared/router/routes'

export const searchRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/search',
  component: lazyRouteComponent(() => import('./SearchPage'), 'SearchPage'),
})

export const searchRoutes = [searchRoute] as const
