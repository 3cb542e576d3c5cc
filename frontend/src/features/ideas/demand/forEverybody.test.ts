import { expect, test } from 'vitest'
import { isForEverybody } from './forEverybody'

const now = Date.parse('2026-11-27T20:00:00Z')

test('only what is in use, released and not expired is for everybody', () => {
  expect(isForEverybody({ state: 'live' }, now)).toBe(true)
  expect(isForEverybody({ state: 'review_due' }, now)).toBe(true)
  expect(isForEverybody({ state: 'archived' }, now)).toBe(false)
  expect(isForEverybody({ state: 'expired' }, now)).toBe(false)
  // the minute counts: the state follows later
  expect(isForEverybody({ state: 'live', release_at: '2026-11-27T20:00:00Z' }, now)).toBe(true)
  expect(isForEverybody({ state: 'live', release_at: '2026-11-27T20:01:00Z' }, now)).toBe(false)
  expect(isForEverybody({ state: 'live', expires_at: '2026-11-27T20:01:00Z' }, now)).toBe(true)
  expect(isForEverybody({ state: 'live', expires_at: '2026-11-27T20:00:00Z' }, now)).toBe(false)
})
