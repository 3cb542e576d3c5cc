import { expect, test } from 'vitest'
import { formatIn } from './format'
import { clockIn, momentIn, zoneNames } from './zones'

test('a clock of a zone and its moment lead to each other, also where summer time begins and ends', () => {
  expect(momentIn('2026-01-15T09:00', 'Europe/Berlin').toISOString()).toBe('2026-01-15T08:00:00.000Z')
  expect(momentIn('2026-07-15T09:00', 'Europe/Berlin').toISOString()).toBe('2026-07-15T07:00:00.000Z')
  // shown twice: the first; jumped over: as much later
  expect(momentIn('2026-10-25T02:30', 'Europe/Berlin').toISOString()).toBe('2026-10-25T00:30:00.000Z')
  expect(clockIn(momentIn('2026-03-29T02:30', 'Europe/Berlin'), 'Europe/Berlin')).toBe('2026-03-29T03:30')
  expect(momentIn('2026-03-29T03:00', 'Europe/Berlin').toISOString()).toBe('2026-03-29T01:00:00.000Z')
  expect(momentIn('2026-06-30T00:00', 'Pacific/Auckland').toISOString()).toBe('2026-06-29T12:00:00.000Z')
})

test('every zone reads back what was written', () => {
  for (const zone of zoneNames()) {
    for (const clock of ['2026-01-01T00:00', '2026-06-30T23:59', '2026-11-15T12:30']) {
      expect(clockIn(momentIn(clock, zone), zone), zone).toBe(clock)
    }
  }
})

test('a moment is said as it was stated', () => {
  expect(formatIn('2026-03-29T07:00:00Z', 'America/New_York')).toMatch(/Mar 29, 2026, 3:00.AM, America\/New York/)
})
