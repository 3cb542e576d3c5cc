import { expect, test } from 'vitest'
import type { Notification } from '@/shared/api/generated/types.gen'
import { groupInbox, viewsOf } from './inbox'

const line = (id: string, thing: string, reason: Notification['reason'], read = false): Notification => ({
  id,
  at: '2026-03-01T10:00:00Z',
  object_type: 'idea',
  object_id: thing,
  title: thing,
  reason,
  verb: 'idea.moved',
  data: {},
  read_at: read ? '2026-03-02T10:00:00Z' : undefined,
})

test('lines of one thing are one group at the place of the newest', () => {
  const groups = groupInbox([line('1', 'a', 'follow'), line('2', 'b', 'follow'), line('3', 'a', 'mention')])
  expect(groups.map((g) => [g.id, g.items.map((i) => i.id)])).toEqual([
    ['a', ['1', '3']],
    ['b', ['2']],
  ])
})

test('the most pressing reason of what is unread counts', () => {
  expect(groupInbox([line('1', 'a', 'follow'), line('2', 'a', 'approval')])[0]?.reason).toBe('approval')
  expect(groupInbox([line('1', 'a', 'follow'), line('2', 'a', 'approval', true)])[0]).toMatchObject({
    reason: 'follow',
    isUnread: true,
  })
  expect(groupInbox([line('1', 'a', 'follow', true), line('2', 'a', 'mention', true)])[0]).toMatchObject({
    reason: 'mention',
    isUnread: false,
  })
})

test('things of different kinds never share a group, whatever their ids', () => {
  const post = { ...line('2', 'a', 'offered'), object_type: 'post' }
  expect(groupInbox([line('1', 'a', 'follow'), post])).toHaveLength(2)
})

test('what presses leads to its comments in the text', () => {
  const said = (id: string, thread: string, reason: Notification['reason']) => ({
    ...line(id, 'a', reason),
    data: { thread_id: thread },
  })
  expect(groupInbox([said('1', 't1', 'follow'), said('2', 't2', 'mention')])[0]?.thread).toBe('t2')
  expect(groupInbox([line('1', 'a', 'mention'), said('2', 't2', 'follow')])[0]?.thread).toBeUndefined()
})

test('the saved views of which a group tells stand once each', () => {
  const told = (id: string, data: object, verb = 'view.fits') =>
    ({ id, verb, data, object_type: 'resource', object_id: 'r', title: 'T', reason: 'saved', at: '' }) as Notification
  const [group] = groupInbox([
    told('1', { view_id: 'a', name: 'Guides' }),
    told('2', { view_id: 'a', name: 'Guides' }),
    told('3', { view_id: 'b', name: 'Decks' }),
    told('4', { view_id: 'c', name: 'x' }, 'resource.published'),
  ])
  expect(group && viewsOf(group)).toEqual([
    { id: 'a', name: 'Guides' },
    { id: 'b', name: 'Decks' },
  ])
})
