import type { CalendarEntry, CalendarPage } from '@/shared/api/generated/types.gen'
import { addDays, type Day } from '@/shared/lib/days'

/** How many days ahead count as soon, today included. */
const soonDays = 3

export type Mark = 'late' | 'soon' | undefined

/** Whether a piece should have been there already, or has to be within three days. */
export function markOf({ on, state }: CalendarEntry, now: Day): Mark {
  if (!on || state === 'published' || state === 'archived') return undefined
  if (on < now) return 'late'
  return on < addDays(now, soonDays) ? 'soon' : undefined
}

/** In the order in which they come. */
export function byDay(items: CalendarEntry[]): Map<Day, CalendarEntry[]> {
  const days = new Map<Day, CalendarEntry[]>()
  for (const entry of items) {
    if (entry.on) days.set(entry.on, [...(days.get(entry.on) ?? []), entry])
  }
  return days
}

/** The page with an entry moved: between days, into the undated ones, or out of them. */
export function withMoved(page: CalendarPage, id: string, on: Day | undefined, rev?: number): CalendarPage {
  const entry = [...page.items, ...page.undated].find((e) => e.id === id)
  if (!entry) return page
  const moved = { ...entry, on, rev: rev ?? entry.rev }
  const items = page.items.filter((e) => e.id !== id)
  const undated = page.undated.filter((e) => e.id !== id)
  return on
    ? { ...page, items: [...items, moved].sort(inOrder), undated }
    : { ...page, items, undated: [moved, ...undated] }
}

function inOrder(a: CalendarEntry, b: CalendarEntry): number {
  return (a.on ?? '').localeCompare(b.on ?? '') || a.title.localeCompare(b.title)
}
