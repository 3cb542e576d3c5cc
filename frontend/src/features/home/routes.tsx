import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '@/shared/router/routes'

export const homeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./HomePage'), 'HomePage'),
})

export const homeRoutes = [homeRoute] as const
