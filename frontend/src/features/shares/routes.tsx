import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '@/shared/router/routes'
import { manyOf, oneOf, text } from '@/shared/router/search'

export const shareStates = ['unopened', 'opened', 'expired', 'revoked', 'stopped'] as const
export const shareScopes = ['mine', 'team', 'all'] as const

interface SharesSearch {
  q?: string
  scope?: (typeof shareScopes)[number]
  state?: (typeof shareStates)[number][]
  resource?: string
  owner?: string
}

export const sharesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/shares',
  validateSearch: (s: Record<string, unknown>): SharesSearch => ({
    q: text(s.q),
    scope: oneOf(s.scope, shareScopes),
    state: manyOf(s.state, shareStates),
    resource: text(s.resource),
    owner: text(s.owner),
  }),
  component: lazyRouteComponent(() => import('./SharesPage'), 'SharesPage'),
})

export const shareRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/shares/$shareId',
  component: lazyRouteComponent(() => import('./SharePage'), 'SharePage'),
})

export const shareRoutes = [sharesRoute, shareRoute] as const
