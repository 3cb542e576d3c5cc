import { expect, test } from 'vitest'
import { formatBytes, formatDate, timeAgo } from './format'

const now = new Date('2026-03-12T12:00:00Z').getTime()

test('times are said in the largest unit that fits', () => {
  expect(timeAgo('2026-03-12T11:59:40Z', now)).toBe('now')
  expect(timeAgo('2026-03-12T09:00:00Z', now)).toBe('3 hours ago')
  expect(timeAgo('2026-03-11T11:00:00Z', now)).toBe('yesterday')
  expect(timeAgo('2026-03-15T12:00:00Z', now)).toBe('in 3 days')
})

test('a date without time is the same day in every time zone', () => {
  expect(formatDate('2026-03-01', new Date(now))).toMatch(/^(Mar 1|1 Mar)$/)
  expect(formatDate('2025-03-01', new Date(now))).toContain('2025')
})

test('sizes of files', () => {
  expect(formatBytes(0)).toBe('0 bytes')
  expect(formatBytes(42_000)).toBe('42 kB')
  expect(formatBytes(5_340_000_000)).toBe('5.3 GB')
})
