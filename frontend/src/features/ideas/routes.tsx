import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '@/shared/router/routes'
import { manyOf, oneOf, text } from '@/shared/router/search'

export const ideaStates = ['new', 'under_review', 'planned', 'in_progress', 'published', 'declined', 'merged'] as const
export const ideaKinds = ['idea', 'request', 'story'] as const

export interface IdeasSearch {
  /** Tabs; none is everything. */
  view?: 'mine' | 'voted' | 'unanswered'
  q?: string
  state?: (typeof ideaStates)[number][]
  kind?: (typeof ideaKinds)[number]
  tag?: string
  /** None: most votes first; of ideas without an answer, those that wait longest. */
  sort?: 'top' | 'new' | 'old'
}

export const ideasRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/ideas',
  validateSearch: (s: Record<string, unknown>): IdeasSearch => ({
    view: oneOf(s.view, ['mine', 'voted', 'unanswered']),
    q: text(s.q),
    state: manyOf(s.state, ideaStates),
    kind: oneOf(s.kind, ideaKinds),
    tag: text(s.tag),
    sort: oneOf(s.sort, ['top', 'new', 'old']),
  }),
  component: lazyRouteComponent(() => import('./IdeasPage'), 'IdeasPage'),
})

export const demandStates = ['open', 'requested', 'answered', 'dismissed'] as const

export const demandRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/ideas/missing',
  validateSearch: (s: Record<string, unknown>): { state?: (typeof demandStates)[number] } => ({
    state: oneOf(s.state, demandStates.slice(1)),
  }),
  component: lazyRouteComponent(() => import('./demand/DemandPage'), 'DemandPage'),
})

export const ideaRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/ideas/$ideaId',
  component: lazyRouteComponent(() => import('./IdeaPage'), 'IdeaPage'),
})

export const ideaRoutes = [ideasRoute, demandRoute, ideaRoute] as const
