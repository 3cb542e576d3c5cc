import { expect, test } from 'vitest'
import { changesOf } from './diff'
import { markSentences } from './sentences'

test('only the words that changed are marked, spaces stay', () => {
  const parts = changesOf('I told customers to wait.', 'I told quality people to wait.')
  expect(
    parts
      .filter((p) => p.kind !== 'added')
      .map((p) => p.text)
      .join(''),
  ).toBe('I told customers to wait.')
  expect(
    parts
      .filter((p) => p.kind !== 'removed')
      .map((p) => p.text)
      .join(''),
  ).toBe('I told quality people to wait.')
  expect(parts.filter((p) => p.kind !== 'same').map((p) => p.text.trim())).toEqual(['customers', 'quality people'])
})

test('shared sentences are marked once, in the order of the text, and nothing is lost', () => {
  const text = 'First one here. Second one here! Third.'
  const parts = markSentences(text, ['Second one here', 'First one here', 'First one here', 'Not in it'])
  expect(parts.map((p) => p.text).join('')).toBe(text)
  expect(parts.filter((p) => p.isMarked).map((p) => p.text)).toEqual(['First one here', 'Second one here'])
})

test('neighbouring words that changed are one change', () => {
  expect(changesOf('Our old words here', 'Our few lines here')).toEqual([
    { kind: 'same', text: 'Our ' },
    { kind: 'removed', text: 'old words' },
    { kind: 'added', text: 'few lines' },
    { kind: 'same', text: ' here' },
  ])
  expect(changesOf('Same', 'Same')).toEqual([{ kind: 'same', text: 'Same' }])
})
