import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '@/shared/router/routes'

export const boardRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/drafts',
  component: lazyRouteComponent(() => import('./BoardPage'), 'BoardPage'),
})

export const draftRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/drafts/$draftId',
  component: lazyRouteComponent(() => import('./DraftPage'), 'DraftPage'),
})

export const draftRoutes = [boardRoute, draftRoute] as const
