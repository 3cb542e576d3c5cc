import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '@/shared/router/routes'

export const settingsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./SettingsPage'), 'SettingsPage'),
})

export const contentTypesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings/content-types',
  component: lazyRouteComponent(() => import('./types/ContentTypesPage'), 'ContentTypesPage'),
})

export const settingsRoutes = [settingsRoute, contentTypesRoute] as const
