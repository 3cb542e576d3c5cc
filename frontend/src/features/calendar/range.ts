import {
  addDays,
  addMonths,
  type Day,
  daysFrom,
  endOfMonth,
  formatDay,
  formatDays,
  isDay,
  startOfMonth,
  startOfWeek,
  weeksOfMonth,
} from '@/shared/lib/days'
import type { CalendarSearch } from './routes'

export type View = 'month' | 'week' | 'agenda'

export interface Range {
  view: View
  /** The day that the address names, or today. */
  on: Day
  from: Day
  to: Day
  weeks: Day[][]
  title: string
  previous: Day
  next: Day
}

/** What part of the calendar is shown. An agenda is that of a month. */
export function rangeOf(search: CalendarSearch, view: View, now: Day, firstWeekday: number): Range {
  const on = isDay(search.date) && search.date >= '2000-01-01' && search.date <= '2199-12-01' ? search.date : now
  if (view === 'week') {
    const from = startOfWeek(on, firstWeekday)
    const to = addDays(from, 6)
    return {
      view,
      on,
      from,
      to,
      weeks: [daysFrom(from, to)],
      title: spanOf(from, to),
      previous: addDays(on, -7),
      next: addDays(on, 7),
    }
  }
  const weeks = view === 'month' ? weeksOfMonth(on, firstWeekday) : []
  return {
    view,
    on,
    from: weeks[0]?.[0] ?? startOfMonth(on),
    to: weeks.at(-1)?.at(-1) ?? endOfMonth(on),
    weeks,
    title: formatDay(on, { month: 'long', year: 'numeric' }),
    previous: addMonths(startOfMonth(on), -1),
    next: addMonths(startOfMonth(on), 1),
  }
}

/** "Nov 23 – 29, 2026", "Nov 30 – Dec 6, 2026". */
export function spanOf(from: Day, to: Day): string {
  return formatDays(from, to, { day: 'numeric', month: 'short', year: 'numeric' })
}
