import { expect, test } from 'vitest'
import type { TimelineItem } from '@/shared/api/generated/types.gen'
import { groupsOf } from './groups'

const person = (name: string) => ({ id: name, name, side: 'sales' as const, picture_url: '' })
let count = 0
const item = (verb: string, who?: string, data: unknown = {}): TimelineItem => ({
  id: String(count++),
  at: '2026-03-01T10:00:00Z',
  verb,
  actor: who ? person(who) : undefined,
  data,
})

test('votes that follow each other are one line with everybody in it once', () => {
  const groups = groupsOf([
    item('idea.voted', 'A'),
    item('idea.voted', 'B'),
    item('idea.voted', 'A'),
    item('idea.moved', 'A'),
    item('idea.voted', 'C'),
  ])
  expect(groups.map((g) => g.people.map((p) => p.name))).toEqual([['A', 'B'], ['A'], ['C']])
})

test('edits are joined by person, and never two different ones', () => {
  const items = [
    item('post.updated', 'A', { seal_lost: false }),
    item('post.updated', 'A', { seal_lost: false }),
    item('post.updated', 'A', { seal_lost: true }),
    item('post.updated', 'B', { seal_lost: true }),
    item('idea.moved', 'B'),
    item('idea.moved', 'B'),
  ]
  expect(groupsOf(items)).toHaveLength(5)
})

test('what the system did has nobody', () => {
  expect(groupsOf([item('resource.review_due')])[0]?.people).toEqual([])
})
