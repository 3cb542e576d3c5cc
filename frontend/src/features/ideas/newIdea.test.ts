import { expect, test } from 'vitest'
import { evidenceOf, firstWords, wordsToFile } from './newIdea'

test('one line is enough', () => {
  expect(wordsToFile(firstWords(' How long does it last? '))).toEqual({
    title: 'How long does it last?',
    kind: 'idea',
    body: undefined,
    visibility: 'everyone',
    needed_by: undefined,
    people: undefined,
  })
  expect(evidenceOf(firstWords('x'))).toBeUndefined()
})

test('a date belongs to a request and people to a private idea, whatever was typed before', () => {
  const words = { ...firstWords('x'), needed_by: '2026-05-01', people: ['1'] }
  expect(wordsToFile(words)).toMatchObject({ needed_by: undefined, people: undefined })
  expect(wordsToFile({ ...words, kind: 'request', visibility: 'private' })).toMatchObject({
    needed_by: '2026-05-01',
    people: ['1'],
  })
})

test('evidence is what was written, with its source when there is one', () => {
  const words = { ...firstWords('x'), evidence: ' It froze. ', evidence_kind: 'quote' as const }
  expect(evidenceOf(words)).toEqual({ kind: 'quote', text: 'It froze.', source: undefined })
})
