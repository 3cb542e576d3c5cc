import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '@/shared/router/routes'
import { oneOf } from '@/shared/router/search'

const results = ['created', 'updated', 'unchanged', 'kept', 'refused', 'left_out'] as const

export const transfersRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/transfers',
  component: lazyRouteComponent(() => import('./TransfersPage'), 'TransfersPage'),
})

export const transferRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/transfers/$transferId',
  validateSearch: (search: Record<string, unknown>): { result?: (typeof results)[number] } => ({
    result: oneOf(search.result, results),
  }),
  component: lazyRouteComponent(() => import('./TransferPage'), 'TransferPage'),
})

export const transferRoutes = [transfersRoute, transferRoute] as const
