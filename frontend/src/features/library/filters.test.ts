import { expect, test } from 'vitest'
import type { FacetCount } from '@/shared/api/generated/types.gen'
import './i18n'
import { canBeRule, ruleOf } from './collections/rule'
import { bodyOf, valuesOf } from './details'
import { chosen, valuesOf as facetValues, labelOf, queryOf, sortOf, toggled, withoutFilters } from './filters'
import { freshnessOf } from './freshness'
import { parseLibrarySearch } from './search'

test('any address gives a library that works', () => {
  expect(parseLibrarySearch({})).toEqual({})
  const parsed = parseLibrarySearch({
    q: 42,
    tab: 'mine',
    sort: 'views',
    view: 'table',
    type: 'guide',
    stage: ['a', 'a', 7, {}],
  })
  expect(parsed).toEqual({ q: '42', type: ['guide'], stage: ['a', '7'] })
  expect(parseLibrarySearch({ tab: 'all' }).tab).toBeUndefined()
  expect(
    parseLibrarySearch({ tab: 'review_due', persona: Array.from({ length: 50 }, (_, i) => `${i}`) }).persona,
  ).toHaveLength(20)
})

test('the address is what is asked of the server', () => {
  const search = parseLibrarySearch({ q: 'pump', tab: 'new', type: ['guide', 'deck'], lang: 'de', view: 'list' })
  expect(queryOf(search)).toMatchObject({ q: 'pump', tab: 'new', content_type: ['guide', 'deck'], lang: ['de'] })
  expect(sortOf(search)).toBe('best')
  expect(sortOf({ sort: 'best' })).toBe('new') // nothing was searched
  expect(sortOf({ q: 'pump', sort: 'used' })).toBe('used')
  expect(chosen(search)).toEqual([
    { facet: 'type', value: 'guide' },
    { facet: 'type', value: 'deck' },
    { facet: 'lang', value: 'de' },
  ])
  expect(withoutFilters(search)).toEqual({ tab: 'new', sort: undefined, view: 'list' })
  expect(toggled(['a', 'b'], 'a')).toEqual(['b'])
  expect(toggled(['a'], 'a')).toBeUndefined()
  expect(toggled(undefined, 'a')).toEqual(['a'])
})

test('facets keep what is chosen, and stages follow the journey of a buyer', () => {
  const counts: FacetCount[] = [
    { facet: 'stage', value: 'decision', count: 9 },
    { facet: 'stage', value: 'renewal', count: 4 },
    { facet: 'stage', value: 'awareness', count: 2 },
    { facet: 'content_type', value: 'guide', count: 3 },
  ]
  expect(facetValues(counts, 'stage').map((v) => v.value)).toEqual(['awareness', 'decision', 'renewal'])
  expect(facetValues(counts, 'type', ['deck'])).toEqual([
    { facet: 'content_type', value: 'guide', count: 3 },
    { facet: 'content_type', value: 'deck', count: 0 },
  ])
  expect(labelOf('type', 'case_study')).toBe('Case study')
  expect(labelOf('type', 'poem')).toBe('poem')
  expect(labelOf('lang', 'de')).toBe('German')
  expect(labelOf('lang', '!')).toBe('!')
  expect(labelOf('freshness', 'due')).toBe('Review due')
  expect(labelOf('collection', 'c', [{ facet: 'collection', value: 'c', count: 0, label: 'Pharma' }])).toBe('Pharma')
  expect(labelOf('collection', 'd')).toBe('A collection')
})

test('a rule says what does not change as time passes', () => {
  const search = parseLibrarySearch({ type: 'deck', freshness: 'due', collection: 'c' })
  expect(queryOf(search)).toMatchObject({ freshness: ['due'], collection: ['c'] })
  expect(ruleOf(search)).toEqual({ content_type: ['deck'] })
  expect(canBeRule({ freshness: ['due'] })).toBe(false)
  expect(canBeRule(search)).toBe(true)
})

test('the worst about a resource is said first', () => {
  const now = new Date('2026-06-01T12:00:00Z').getTime()
  const old = { state: 'live', published_at: '2026-01-01T00:00:00Z', created_at: '2026-01-01T00:00:00Z' } as const
  expect(freshnessOf(old, now).tone).toBe('plain')
  expect(freshnessOf({ ...old, verified_at: '2026-05-01T00:00:00Z' }, now)).toEqual({
    tone: 'fresh',
    label: 'Checked last month',
  })
  expect(freshnessOf({ ...old, published_at: '2026-05-20T00:00:00Z' }, now).tone).toBe('fresh')
  expect(freshnessOf({ ...old, state: 'review_due', verified_at: '2026-05-01T00:00:00Z' }, now).tone).toBe('due')
  expect(freshnessOf({ ...old, release_at: '2026-07-01T00:00:00Z' }, now).tone).toBe('due')
  expect(freshnessOf({ ...old, state: 'review_due', expires_at: '2026-06-01T11:00:00Z' }, now).tone).toBe('gone')
  expect(freshnessOf({ ...old, state: 'archived' }, now)).toEqual({ tone: 'gone', label: 'Archived' })
})

test('a form that was not changed says what was there, and empty fields clear', () => {
  const resource = {
    title: 'A',
    summary: '',
    content_type: 'guide',
    lang: 'en',
    shareable: true,
    public_url: '',
    taxonomy: { personas: ['CFO'], stages: [], industries: [], products: [], regions: [], tags: [] },
    expires_at: '2026-06-01T10:30:00.000Z',
    review_due_on: '2026-07-01',
  } as unknown as Parameters<typeof valuesOf>[0]
  const values = valuesOf(resource, 'Europe/Oslo')
  expect(bodyOf(values)).toMatchObject({
    title: 'A',
    expires_at: '2026-06-01T10:30:00.000Z',
    review_due_on: '2026-07-01',
    owner_id: undefined,
  })
  expect(bodyOf({ ...values, expires_at: '', review_due_on: '' })).toMatchObject({
    expires_at: undefined,
    review_due_on: undefined,
  })
  expect(values).toMatchObject({ release_at: '', expires_at: '2026-06-01T12:30', dates_zone: 'Europe/Oslo' })
  const stated = valuesOf({ ...resource, dates_zone: 'America/New_York' }, 'Europe/Oslo')
  expect(stated).toMatchObject({ expires_at: '2026-06-01T06:30', dates_zone: 'America/New_York' })
  expect(bodyOf({ ...stated, expires_at: '2026-06-01T06:31' }).expires_at).toBe('2026-06-01T10:31:00.000Z')
  expect(bodyOf({ ...stated, dates_zone: 'Asia/Tokyo' }).expires_at).toBe('2026-05-31T21:30:00.000Z')
  values.taxonomy.personas?.push('CTO')
  expect(resource.taxonomy.personas).toEqual(['CFO'])
})
