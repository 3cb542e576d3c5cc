import { expect, test } from 'vitest'
import type { DraftVersion } from '@/shared/api/generated/types.gen'
import { byDay, isMilestone } from './group'

const version = (number: number, created_at: string, rest: Partial<DraftVersion> = {}) =>
  ({ id: `${number}`, number, reason: 'automatic', label: '', created_at, ...rest }) as DraftVersion

test('versions stand under the day on which they were made', () => {
  const list = [
    version(3, new Date(2026, 10, 25, 0, 5).toISOString()),
    version(2, new Date(2026, 10, 24, 23, 55).toISOString()),
    version(1, new Date(2026, 10, 24, 8, 0).toISOString()),
  ]
  expect(byDay(list).map((group) => group.versions.map((v) => v.number))).toEqual([[3], [2, 1]])
})

test('milestones are what somebody made, named, approved or published', () => {
  const at = '2026-11-24T08:00:00Z'
  expect(isMilestone(version(1, at))).toBe(false)
  expect(isMilestone(version(1, at, { label: 'Before the fair' }))).toBe(true)
  expect(isMilestone(version(1, at, { reason: 'submitted' }))).toBe(true)
  expect(isMilestone(version(1, at, { reason: 'restored' }))).toBe(true)
  expect(isMilestone(version(1, at, { approved_at: at }))).toBe(true)
})
