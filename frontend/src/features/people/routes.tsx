import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '@/shared/router/routes'
import { oneOf, text } from '@/shared/router/search'

interface PeopleSearch {
  q?: string
  side?: 'sales' | 'marketing'
}

export const peopleRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/people',
  validateSearch: (search: Record<string, unknown>): PeopleSearch => ({
    q: text(search.q),
    side: oneOf(search.side, ['sales', 'marketing']),
  }),
  component: lazyRouteComponent(() => import('./PeoplePage'), 'PeoplePage'),
})

export const personRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/people/$personId',
  component: lazyRouteComponent(() => import('./PersonPage'), 'PersonPage'),
})

export const peopleRoutes = [peopleRoute, personRoute] as const
