import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '@/shared/router/routes'

export const ideasRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/ideas',
  component: lazyRouteComponent(() => import('./IdeasPage'), 'IdeasPage'),
})

export const ideaRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/ideas/$ideaId',
  component: lazyRouteComponent(() => import('./IdeaPage'), 'IdeaPage'),
})

export const ideaRoutes = [ideasRoute, ideaRoute] as const
