import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '@/shared/router/routes'
import { flag, oneOf, text } from '@/shared/router/search'

export interface BoardSearch {
  view?: 'list'
  /** Which drafts: mine, those that wait for my approval, overdue ones. */
  show?: 'mine' | 'waiting' | 'overdue'
  person?: string
  type?: string
  side?: 'sales' | 'marketing'
  idea?: string
  archived?: true
  /** Of the board: one lane for each of these. */
  lanes?: 'person' | 'type' | 'idea'
  /** Of the list: none is last changed first. */
  sort?: 'due' | 'publish' | 'title' | 'state' | 'writer' | 'waiting'
  /** On phones one stage is shown at a time. */
  stage?: 'brief' | 'writing' | 'in_review' | 'approved' | 'published'
}

const stages = ['brief', 'writing', 'in_review', 'approved', 'published'] as const

export const boardRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/drafts',
  validateSearch: (s: Record<string, unknown>): BoardSearch => ({
    view: oneOf(s.view, ['list']),
    show: oneOf(s.show, ['mine', 'waiting', 'overdue']),
    person: text(s.person),
    type: text(s.type),
    side: oneOf(s.side, ['sales', 'marketing']),
    idea: text(s.idea),
    archived: flag(s.archived),
    lanes: oneOf(s.lanes, ['person', 'type', 'idea']),
    sort: oneOf(s.sort, ['due', 'publish', 'title', 'state', 'writer', 'waiting']),
    stage: oneOf(s.stage, stages),
  }),
  component: lazyRouteComponent(() => import('./BoardPage'), 'BoardPage'),
})

export interface DraftSearch {
  tab?: 'brief' | 'files' | 'versions' | 'discussion'
  /** A version that is looked at, and what it is compared with. */
  version?: string
  with?: string
  /** Side by side instead of as one text. */
  sides?: true
  /** A comment in the text. */
  thread?: string
}

export const draftRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/drafts/$draftId',
  validateSearch: (s: Record<string, unknown>): DraftSearch => ({
    tab: oneOf(s.tab, ['brief', 'files', 'versions', 'discussion']),
    version: text(s.version),
    with: text(s.with),
    sides: flag(s.sides),
    thread: text(s.thread),
  }),
  component: lazyRouteComponent(() => import('./DraftPage'), 'DraftPage'),
})

export const draftRoutes = [boardRoute, draftRoute] as const
