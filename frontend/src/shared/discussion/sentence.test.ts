import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keyOf, reasonOf, sentenceOf, whoMark } from './sentence'

const backend = join(import.meta.dirname, '../../../../backend/internal')

/** Every verb that the Go code of a domain writes for its thing. */
function verbsOf(folder: string, thing: string): string[] {
  const code = readdirSync(join(backend, folder))
    .filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'))
    .map((name) => readFileSync(join(backend, folder, name), 'utf8'))
    .join('\n')
  const whole = [...code.matchAll(new RegExp(`"${thing}\\.([a-z_]+)"`, 'g'))].map((m) => m[1])
  const recorded = [...code.matchAll(/record\(ctx, "([a-z_]+)"|^\t\}, "([a-z_]+)"\)$/gm)].map((m) => m[1] ?? m[2])
  return [...new Set([...whole, ...recorded])].map((done) => `${thing}.${done}`)
}

test.each([
  ['ideas', 'idea', 9],
  ['drafts', 'draft', 7],
  ['posts', 'post', 6],
  ['reviewlinks', 'draft', 3],
  ['library', 'resource', 7],
  ['shares', 'share', 9],
  ['demand', 'demand', 1],
  ['demand', 'view', 1],
  ['transfer', 'transfer', 3],
])('every verb of %s has a sentence', (folder, thing, atLeast) => {
  const verbs = verbsOf(folder, thing)
  expect(verbs.length).toBeGreaterThanOrEqual(atLeast)
  const silent = verbs.filter((verb) => keyOf({ verb, data: { from: 'a', to: 'b' } }) === 'other')
  expect(silent).toEqual([])
})

test('comments and files that were read have one for every thing', () => {
  for (const thing of ['idea', 'draft', 'post', 'resource']) {
    expect(keyOf({ verb: `${thing}.commented`, data: {} })).toBe('commented')
    expect(keyOf({ verb: `${thing}.file_read`, data: {} })).toBe('file_read')
  }
})

test('threads on a text are resolved and reopened in words', () => {
  const told = (verb: string) => sentenceOf({ verb, data: { quote: 'ships in March' } })
  expect(told('draft.thread_resolved')).toBe(`${whoMark} resolved the comments on “ships in March”`)
  expect(told('draft.thread_reopened')).toBe(`${whoMark} reopened the comments on “ships in March”`)
})

test('moves are told in the words of people', () => {
  const moved = (thing: string, from: string, to: string) => sentenceOf({ verb: `${thing}.moved`, data: { from, to } })
  expect(moved('idea', 'new', 'under_review')).toBe(`${whoMark} moved it from New to Under review`)
  expect(moved('draft', 'in_review', 'writing')).toBe(`${whoMark} asked for changes`)
  expect(moved('draft', 'approved', 'writing')).toBe(`${whoMark} reopened it for writing`)
  expect(moved('draft', 'writing', 'in_review')).toBe(`${whoMark} asked for approval`)
  expect(moved('post', 'sealed', 'offered')).toBe(`${whoMark} moved it from Sealed to Offered`)
})

test('facts stand in the sentence, and a state that nobody knows is still readable', () => {
  expect(sentenceOf({ verb: 'idea.evidence_added', data: { kind: 'call_note' } })).toBe(`${whoMark} added a call note`)
  expect(sentenceOf({ verb: 'draft.approved_by', data: { version: 2, side: 'sales' } })).toBe(
    `${whoMark} approved version 2 for Sales`,
  )
  expect(sentenceOf({ verb: 'idea.moved', data: { from: 'new', to: 'on_hold' } })).toContain('to on hold')
  expect(sentenceOf({ verb: 'idea.absorbed', data: { title: 'Cod & <b>ice</b>' } })).toContain('“Cod & <b>ice</b>”')
  expect(sentenceOf({ verb: 'idea.sung_about', data: null })).toBe(`${whoMark} changed something here`)
})

test('the reason of a move comes before the words of a comment', () => {
  expect(reasonOf({ verb: 'idea.moved', data: { reason: 'Not now.' } })).toBe('Not now.')
  expect(reasonOf({ verb: 'idea.commented', data: { excerpt: 'Yes!' } })).toBe('Yes!')
  expect(reasonOf({ verb: 'idea.voted', data: {} })).toBe('')
})

test('a moved date says which one, and where to', () => {
  const moved = (data: object) => sentenceOf({ verb: 'draft.scheduled', data })
  const year = new Date().getFullYear()
  expect(moved({ lens: 'publish', from: '2026-11-20', to: `${year}-11-27` })).toBe(
    `${whoMark} moved the publication to Nov 27`,
  )
  expect(moved({ lens: 'due', to: `${year}-03-28` })).toBe(`${whoMark} moved the due date to Mar 28`)
  expect(moved({ lens: 'due', from: '2026-11-20' })).toBe(`${whoMark} took a date away`)
})

test('a review that is near is told with its days, also when it is one', () => {
  const told = (days: number) => sentenceOf({ verb: 'resource.review_soon', data: { days } })
  expect(told(9)).toBe('It is due for review in 9 days')
  expect(told(1)).toBe('It is due for review in 1 day')
})
