import { expect, test } from 'vitest'
import { bucketsOf } from './buckets'

test('a short time is shown by day, without holes', () => {
  const { size, buckets } = bucketsOf(
    [{ day: '2026-03-02', human: 2, other: 1 }],
    '2026-03-01T10:00:00Z',
    '2026-03-03T09:00:00Z',
  )
  expect(size).toBe(1)
  expect(buckets).toEqual([
    { day: '2026-03-01', human: 0, other: 0 },
    { day: '2026-03-02', human: 2, other: 1 },
    { day: '2026-03-03', human: 0, other: 0 },
  ])
})

test('a long time is shown by week, and no click is lost', () => {
  const days = Array.from({ length: 91 }, (_, i) => ({
    day: new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10),
    human: 1,
    other: 2,
  }))
  const { size, buckets } = bucketsOf(days, '2026-01-01T00:00:00Z', '2026-04-01T12:00:00Z')
  expect(size).toBe(7)
  expect(buckets).toHaveLength(13)
  expect(buckets.reduce((sum, b) => sum + b.human, 0)).toBe(91)
  expect(buckets.at(-1)).toEqual({ day: '2026-03-26', human: 7, other: 14 })
})
