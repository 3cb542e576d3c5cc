import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '@/shared/router/routes'
import { parseSearch } from './search'

export const searchRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/search',
  validateSearch: parseSearch,
  component: lazyRouteComponent(() => import('./SearchPage'), 'SearchPage'),
})

export const searchRoutes = [searchRoute] as const
