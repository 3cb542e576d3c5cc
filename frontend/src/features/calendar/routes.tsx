import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '@/shared/router/routes'
import { oneOf, text } from '@/shared/router/search'

export const lenses = ['publish', 'due'] as const
export type Lens = (typeof lenses)[number]

export interface CalendarSearch {
  /** What is looked at; none is the day on which pieces go public. */
  lens?: 'due'
  /** None is the month; phones always have the agenda. */
  view?: 'week' | 'agenda'
  /** A day of the month or week that is shown; none is today. */
  date?: string
  show?: 'mine'
  person?: string
  type?: string
  side?: 'sales' | 'marketing'
  step?: 'brief' | 'writing' | 'in_review' | 'approved' | 'published'
  idea?: string
}

export const calendarRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/calendar',
  validateSearch: (s: Record<string, unknown>): CalendarSearch => ({
    lens: oneOf(s.lens, ['due']),
    view: oneOf(s.view, ['week', 'agenda']),
    date: text(s.date),
    show: oneOf(s.show, ['mine']),
    person: text(s.person),
    type: text(s.type),
    side: oneOf(s.side, ['sales', 'marketing']),
    step: oneOf(s.step, ['brief', 'writing', 'in_review', 'approved', 'published']),
    idea: text(s.idea),
  }),
  component: lazyRouteComponent(() => import('./CalendarPage'), 'CalendarPage'),
})

export const calendarRoutes = [calendarRoute] as const
