import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '@/shared/router/routes'

/** For people outside, who have no account: beside the shell, and without asking who is signed in. */
export const reviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/review/$token',
  component: lazyRouteComponent(() => import('./ReviewPage'), 'ReviewPage'),
})

export const reviewRoutes = [reviewRoute] as const
