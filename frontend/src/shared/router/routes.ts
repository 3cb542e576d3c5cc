import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router'
import { sessionOptions } from '@/shared/session/session'

/** The root of all routes; src/app gives it its component. */
export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()()

/** The parent of every page for signed-in people: shell and guard. Features hang their routes below it. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  beforeLoad: async ({ context, location }) => {
    const { user } = await context.queryClient.ensureQueryData(sessionOptions())
    if (!user) throw redirect({ to: '/sign-in', search: { next: location.href === '/' ? undefined : location.href } })
  },
})
