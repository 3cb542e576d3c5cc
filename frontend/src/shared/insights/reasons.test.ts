import { expect, test } from 'vitest'
import en from './en.json'
import { notCounted, reasonWords } from './reasons'

test('every rule of the server has words', () => {
  // the rules of backend/internal/links
  const rules = ['preview_agent', 'robot_agent', 'robot_from', 'head', 'no_agent', 'no_headers', 'no_navigation']
  rules.push('prefetch', 'signed_in', 'company_address', 'unknown_agent', 'repeat', 'burst')
  for (const rule of rules) expect(Object.keys(en.reason)).toContain(rule)
})

test('the service is named where it is known, and an unknown rule by its own name', () => {
  expect(reasonWords({ reason: 'preview_agent', who: 'LinkedIn' })).toBe('LinkedIn’s preview robot')
  expect(reasonWords({ reason: 'preview_agent', who: '' })).toBe('A preview robot')
  expect(reasonWords({ reason: 'signed_in', who: 'LinkedIn' })).toBe('Somebody signed in to Byline')
  expect(reasonWords({ reason: 'new_rule', who: '' })).toBe('By rule “new_rule”')
})

test('what was not counted is grouped by kind, most frequent first, without the people', () => {
  const groups = notCounted([
    { class: 'human', reason: 'browser_navigation', who: '', n: 9 },
    { class: 'scanner', reason: 'head', who: '', n: 1 },
    { class: 'preview', reason: 'preview_agent', who: 'Slack', n: 2 },
    { class: 'preview', reason: 'preview_agent', who: 'LinkedIn', n: 3 },
    { class: 'scanner', reason: 'head', who: '', n: 1 },
  ])
  expect(groups).toEqual([
    {
      kind: 'preview',
      total: 5,
      reasons: [
        { words: 'LinkedIn’s preview robot', count: 3 },
        { words: 'Slack’s preview robot', count: 2 },
      ],
    },
    {
      kind: 'scanner',
      total: 2,
      reasons: [{ words: 'Asked for the headers only (HEAD), as mail scanners do', count: 2 }],
    },
  ])
})
