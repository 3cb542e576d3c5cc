import { expect, test } from 'vitest'
import type { Draft, Home, Idea, Post } from '@/shared/api/generated/types.gen'
import { otherDrafts, partOfDay, titleOfPost, todosOf } from './todos'

const draft = (id: string) => ({ id, title: id, state_changed_at: '2026-03-01T10:00:00Z' }) as Draft
const post = (id: string, text = id) => ({ id, text, resource_title: 'Report', updated_at: '' }) as Post
const idea = (id: string) => ({ id, title: id, created_at: '' }) as Idea
const nothing: Home = {
  offered: [],
  sealed: [],
  declined: [],
  waiting: [],
  returned: [],
  overdue: [],
  steps: [],
  writing: [],
  triage: [],
  mine: [],
  news: [],
  review: [],
  fresh: [],
}

test('others who wait come first, and each thing stands once under its most pressing reason', () => {
  const home: Home = {
    ...nothing,
    triage: [idea('i')],
    sealed: [post('s')],
    offered: [post('o')],
    overdue: [draft('a'), draft('b'), draft('c')],
    returned: [draft('b')],
    steps: [draft('c'), draft('d')],
    waiting: [draft('a')],
  }
  expect(todosOf(home).map((t) => `${t.kind} ${t.id}`)).toEqual([
    'approve a',
    'offered o',
    'returned b',
    'step c',
    'step d',
    'sealed s',
    'triage i',
  ])
})

test('what is to be done is not listed again below', () => {
  const home: Home = { ...nothing, returned: [draft('a')], writing: [draft('a'), draft('b')] }
  expect(otherDrafts(home, todosOf(home)).map((d) => d.id)).toEqual(['b'])
})

test('a post is called by its first line, an empty one by what it is about', () => {
  expect(titleOfPost(post('1', '\n First line. \nSecond.'))).toBe('First line. ')
  expect(titleOfPost(post('1', ''))).toBe('Report')
})

test.each([
  [4, 'evening'],
  [5, 'morning'],
  [11, 'morning'],
  [12, 'afternoon'],
  [17, 'afternoon'],
  [18, 'evening'],
])('%i o’clock is %s', (hour, part) => expect(partOfDay(hour)).toBe(part))
