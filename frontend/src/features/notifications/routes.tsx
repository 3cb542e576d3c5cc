import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '@/shared/router/routes'
import { flag } from '@/shared/router/search'

interface NotificationsSearch {
  /** What was read, too. */
  all?: true
}

export const notificationsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/notifications',
  validateSearch: (s: Record<string, unknown>): NotificationsSearch => ({ all: flag(s.all) }),
  component: lazyRouteComponent(() => import('./NotificationsPage'), 'NotificationsPage'),
})

export const notificationRoutes = [notificationsRoute] as const
