import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '@/shared/router/routes'

export const libraryRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/library',
  component: lazyRouteComponent(() => import('./LibraryPage'), 'LibraryPage'),
})

export const resourceRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/library/$resourceId',
  component: lazyRouteComponent(() => import('./ResourcePage'), 'ResourcePage'),
})

export const libraryRoutes = [libraryRoute, resourceRoute] as const
