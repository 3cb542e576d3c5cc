import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { rootRoute } from '@/shared/router/routes'
import { text } from '@/shared/router/search'
import { markSignedIn } from '@/shared/session/mark'
import { sessionOptions } from '@/shared/session/session'

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } => {
    const next = text(search.next)
    // only places of our own: "//elsewhere" would leave the site
    return { next: next && /^\/(?![/\\])/.test(next) ? next : undefined }
  },
  beforeLoad: async ({ context, search }) => {
    const { user } = await context.queryClient.ensureQueryData(sessionOptions())
    if (user) throw redirect({ href: search.next ?? '/' })
    markSignedIn(false)
  },
  component: lazyRouteComponent(() => import('./SignInPage'), 'SignInPage'),
})

export const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation/$token',
  component: lazyRouteComponent(() => import('./InvitationPage'), 'InvitationPage'),
})

export const publicRoutes = [signInRoute, invitationRoute] as const
