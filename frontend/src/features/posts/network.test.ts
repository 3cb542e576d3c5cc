import { expect, test } from 'vitest'
import { composed, composerOf, foldOf, lengthOn } from './network'

test('text, disclosure and link are paragraphs; what is empty leaves no gap', () => {
  expect(composed({ text: ' Hello \n', disclosure: 'I work at Kelvora.', link_url: 'https://b.example/l/x' })).toBe(
    'Hello\n\nI work at Kelvora.\n\nhttps://b.example/l/x',
  )
  expect(composed({ text: 'Hello', disclosure: '', link_url: '' })).toBe('Hello')
})

test('each network counts in its own way', () => {
  expect(lengthOn('linkedin', 'añb')).toBe(3)
  expect(lengthOn('bluesky', '👩‍👩‍👧 ok')).toBe(4)
  expect(lengthOn('x', '👩‍👩‍👧 ok')).toBe(5)
  expect(lengthOn('x', '日本')).toBe(4)
  expect(lengthOn('x', 'see https://kelvora.example/a/very/long/address/that/goes/on/and/on')).toBe(4 + 23)
  expect(lengthOn('x', '“quoted” – yes…')).toBe(16) // the ellipsis weighs two there
})

test('the fold comes after three lines on LinkedIn, empty ones count', () => {
  const text = 'One.\n\nThree.\nFour.'
  expect(text.slice(0, foldOf('linkedin', text))).toBe('One.\n\nThree.')
  expect(foldOf('linkedin', 'One.\n\nThree.')).toBeUndefined()
})

test('the fold comes in a long paragraph, never inside a word', () => {
  const text = 'word '.repeat(60).trim()
  const fold = foldOf('linkedin', text) ?? 0
  expect(fold).toBeLessThanOrEqual(210)
  expect(fold).toBeGreaterThan(190)
  expect(text.slice(0, fold)).toMatch(/word$/)
  expect(foldOf('linkedin', 'x'.repeat(400))).toBe(198)
  expect(foldOf('x', text)).toBeUndefined()
  expect(foldOf('linkedin', '')).toBeUndefined()
})

test('composers get what they take', () => {
  const words = { text: 'Hi & bye', disclosure: '', link_url: 'https://b.example/l/x' }
  expect(composerOf('linkedin', words, '')).toBe(
    'https://www.linkedin.com/sharing/share-offsite/?url=https%3A%2F%2Fb.example%2Fl%2Fx',
  )
  expect(composerOf('x', words, '')).toContain('text=Hi%20%26%20bye%0A%0Ahttps')
  expect(composerOf('email', words, 'A & B')).toBe(
    'mailto:?subject=A%20%26%20B&body=Hi%20%26%20bye%0D%0A%0D%0Ahttps%3A%2F%2Fb.example%2Fl%2Fx',
  )
  expect(composerOf('other', words, '')).toBeUndefined()
})
