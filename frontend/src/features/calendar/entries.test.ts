import { expect, test } from 'vitest'
import type { CalendarEntry, CalendarPage } from '@/shared/api/generated/types.gen'
import { addDays } from '@/shared/lib/days'
import { byDay, markOf, withMoved } from './entries'
import { rangeOf, spanOf } from './range'

const entry = (id: string, on?: string, rest: Partial<CalendarEntry> = {}): CalendarEntry => ({
  id,
  title: `Piece ${id}`,
  content_type: 'deck',
  state: 'writing',
  writer: { id: 'w', name: 'Wim', side: 'marketing', picture_url: '' },
  confidential: false,
  may_move: true,
  rev: 1,
  on,
  ...rest,
})

const page: CalendarPage = {
  items: [entry('a', '2026-10-24'), entry('b', '2026-10-24'), entry('c', '2026-10-26')],
  undated: [entry('d')],
  overflow: false,
}

test('a move shows at once, and the way back gives what was there', () => {
  const moved = withMoved(page, 'a', '2026-10-26', 7)
  expect(moved.items.map((e) => [e.id, e.on])).toEqual([
    ['b', '2026-10-24'],
    ['a', '2026-10-26'],
    ['c', '2026-10-26'],
  ])
  expect(moved.items.find((e) => e.id === 'a')?.rev).toBe(7)
  expect(withMoved(withMoved(page, 'a', '2026-10-26'), 'a', '2026-10-24')).toEqual(page)
  expect(withMoved(page, 'd', '2026-10-25').undated).toEqual([])
  expect(withMoved(page, 'c', undefined).undated.map((e) => e.id)).toEqual(['c', 'd'])
  expect(withMoved(page, 'unknown', '2026-10-25')).toBe(page)
})

test('the agenda groups each piece once, under its own day, for every move within two years', () => {
  for (let day = '2026-01-01'; day < '2028-01-01'; day = addDays(day, 1)) {
    const days = byDay(withMoved(page, 'a', day).items)
    expect(days.get(day)?.some((e) => e.id === 'a')).toBe(true)
    expect([...days.values()].flat()).toHaveLength(3)
    expect([...days.keys()]).toEqual([...days.keys()].toSorted())
  }
})

test('what should have been there is late, what has to be within three days is soon, what is done is neither', () => {
  const now = '2026-11-25'
  expect(markOf(entry('x', '2026-11-24'), now)).toBe('late')
  expect(markOf(entry('x', '2026-11-25'), now)).toBe('soon')
  expect(markOf(entry('x', '2026-11-27'), now)).toBe('soon')
  expect(markOf(entry('x', '2026-11-28'), now)).toBeUndefined()
  expect(markOf(entry('x', '2026-11-01', { state: 'published' }), now)).toBeUndefined()
  expect(markOf(entry('x'), now)).toBeUndefined()
})

test('an address that names no day shows today', () => {
  const now = '2026-11-25'
  for (const date of [undefined, 'x', '2026-02-30', '1815-06-18', '9999-12-31']) {
    expect(rangeOf({ date }, 'month', now, 1).on).toBe(now)
  }
  const week = rangeOf({ date: '2026-11-25' }, 'week', now, 1)
  expect([week.from, week.to, week.previous, week.next]).toEqual([
    '2026-11-23',
    '2026-11-29',
    '2026-11-18',
    '2026-12-02',
  ])
  const agenda = rangeOf({ date: '2026-01-31' }, 'agenda', now, 0)
  expect([agenda.from, agenda.to, agenda.previous, agenda.next]).toEqual([
    '2026-01-01',
    '2026-01-31',
    '2025-12-01',
    '2026-02-01',
  ])
  expect(spanOf('2026-12-28', '2027-01-03')).toMatch(/^Dec 28, 2026\s–\sJan 3, 2027$/)
})
