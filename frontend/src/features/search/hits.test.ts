import { expect, test } from 'vitest'
import './i18n'
import type { SearchHit } from '@/shared/api/generated/types.gen'
import { firstLine, groupsOf, linkOf, nearMatch, plain, typeLabel } from './hits'
import { countedOf, labelOf, shownOf } from './narrowings'
import { countNarrowed, parseSearch, toggled } from './search'

const hit = (change: Partial<SearchHit>): SearchHit => ({
  type: 'resource',
  id: '1',
  title: '',
  title_marked: '',
  source_id: '',
  page: 0,
  picture_url: '',
  snippet: '',
  content_type: 'guide',
  state: 'live',
  lang: 'en',
  at: '2026-01-01T00:00:00Z',
  why: [],
  ...change,
})

test('a hit leads to the page of the file, with the words as they stand there', () => {
  expect(
    linkOf(hit({ page: 3, asset_id: 'f', title_marked: 'T', snippet: 'all \u0001excursions\u0002' })),
  ).toMatchObject({
    to: '/library/$resourceId',
    params: { resourceId: '1' },
    search: { page: 3, file: 'f', mark: 'excursions' },
  })
  expect(linkOf(hit({ asset_id: 'f' }))).toMatchObject({
    search: { page: undefined, file: undefined, mark: undefined },
  })
  expect(linkOf(hit({ type: 'person', id: 'p' }))).toMatchObject({ to: '/people/$personId', params: { personId: 'p' } })
})

test('groups stand in the order of their best hits', () => {
  const groups = groupsOf([hit({ type: 'idea' }), hit({}), hit({ type: 'idea', id: '2' }), hit({ type: 'person' })])
  expect(groups.map((g) => [g.kind, g.hits.length])).toEqual([
    ['idea', 2],
    ['resource', 1],
    ['person', 1],
  ])
})

test('the first line of a post keeps its marks whole', () => {
  expect(firstLine('\nOne \u0001two\nthree\u0002 four')).toBe('One \u0001two\u0002')
  expect(firstLine('One \u0001two\u0002\nthree')).toBe('One \u0001two\u0002')
})

test('types of all kinds have names', () => {
  expect(['linkedin', 'request', 'case_study', 'idea', 'poem'].map(typeLabel)).toEqual([
    'LinkedIn',
    'Request',
    'Case study',
    'Idea',
    'poem',
  ])
})

test('any address gives a search that works', () => {
  expect(parseSearch({ q: 7, in: 'people', type: [{}] })).toEqual({ q: '7' })
  expect(parseSearch({ in: 'person', stage: 'decision' })).toEqual({ in: 'person', stage: ['decision'] })
  expect(parseSearch({ q: 'a', sort: 'votes', region: ['EU', 'EU'], collection: 7 })).toEqual({
    q: 'a',
    region: ['EU'],
    collection: ['7'],
  })
  const search = parseSearch({ q: 'a', sort: 'rated', freshness: ['due'], tags: 'x', collection: 'c' })
  expect(search.sort).toBe('rated')
  expect(countNarrowed(search)).toBe(3)
  expect(labelOf('freshness', 'due')).toBe('Review due')
  expect(labelOf('sharing', 'odd')).toBe('odd')
  expect(toggled(['a', 'b'], 'a')).toEqual(['b'])
  expect(toggled(['a'], 'a')).toBeUndefined()
  expect(shownOf([{ value: 'a', count: 2 }], ['b'])).toEqual([
    { value: 'a', count: 2 },
    { value: 'b', count: 0 },
  ])
})

test('a filter shows its most frequent values until all are asked for', () => {
  const many = Array.from({ length: 9 }, (_, i) => ({ value: `v${i}`, count: 9 - i }))
  expect(shownOf(many)).toHaveLength(6)
  expect(shownOf(many, ['v8']).map((v) => v.value)).toEqual(['v0', 'v1', 'v2', 'v3', 'v4', 'v5', 'v8'])
  expect(shownOf(many, [], true)).toEqual(many)
})

test('collections stand by what is in them; those that nobody counted have no number', () => {
  const counts = [
    { value: 'a', count: 3 },
    { value: 'gone', count: 2 },
    { value: 'b', count: 0 },
  ]
  expect(countedOf(['a', 'b', 'c'], counts)).toEqual([{ value: 'a', count: 3 }, { value: 'c' }])
  expect(countedOf(['a', 'b', 'c'], counts, ['b']).map((v) => v.value)).toEqual(['a', 'b', 'c'])
  expect(countedOf(['a', 'b'], undefined, ['b'])).toEqual([{ value: 'b' }])
})

test('where one kind is wanted most it stands first, and one line of text begins near its match', () => {
  const hits = [hit({ type: 'idea' }), hit({ type: 'post' }), hit({})]
  expect(groupsOf(hits, 'resource').map((g) => g.kind)).toEqual(['resource', 'idea', 'post'])
  expect(groupsOf(hits).map((g) => g.kind)).toEqual(['idea', 'post', 'resource'])
  const long = 'Nine weeks later the same lane has had no \u0001excursion\u0002 longer than two minutes'
  expect(nearMatch(long)).toBe('…same lane has had no \u0001excursion\u0002 longer than two minutes')
  expect(nearMatch('no \u0001match\u0002')).toBe('no \u0001match\u0002')
  expect(nearMatch('nothing marked')).toBe('nothing marked')
  expect(nearMatch(`${'ja'.repeat(30)}\u0001x\u0002`)).toBe('…\u0001x\u0002')
  expect(plain(' a \u0001b\u0002 ')).toBe('a b')
})
