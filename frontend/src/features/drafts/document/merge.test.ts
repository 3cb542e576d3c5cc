import { expect, test } from 'vitest'
import { both, merge } from './merge'
import { plainText } from './plainText'
import type { DocJson } from './transport'

const doc = (...lines: string[]): DocJson => ({
  type: 'doc',
  content: lines.map((text) => ({ type: 'paragraph', content: text ? [{ type: 'text', text }] : undefined })),
})
const lines = (d: DocJson) => plainText(d).trim().split(/\n\n/)

test.each([
  ['different paragraphs', ['a', 'b', 'c'], ['A', 'b', 'c'], ['a', 'b', 'C'], ['A', 'b', 'C'], false],
  ['neighbours', ['a', 'b'], ['A', 'b'], ['a', 'B'], ['A', 'B'], false],
  ['one adds at the end, one changes the last', ['a', 'b'], ['a', 'b', 'new'], ['a', 'B'], ['a', 'B', 'new'], false],
  ['both add at the same place', ['a'], ['a', 'mine'], ['a', 'theirs'], ['a', 'theirs', 'mine'], false],
  [
    'one takes out what the other left alone',
    ['a', 'b', 'c'],
    ['a', 'c'],
    ['a', 'b', 'c', 'd'],
    ['a', 'c', 'd'],
    false,
  ],
  ['both did the same', ['a', 'b'], ['a', 'x'], ['a', 'x'], ['a', 'x'], false],
  [
    'both changed one paragraph',
    ['a', 'b', 'c'],
    ['a', 'mine', 'c'],
    ['a', 'theirs', 'c'],
    ['a', 'theirs', 'mine', 'c'],
    true,
  ],
  ['one takes out what the other changed', ['a', 'b', 'c'], ['a', 'c'], ['a', 'B', 'c'], ['a', 'B', 'c'], true],
  [
    'one rewrote a stretch, the other a line in it',
    ['a', 'b', 'c'],
    ['x'],
    ['a', 'B', 'c'],
    ['a', 'B', 'c', 'x'],
    true,
  ],
])('%s', (_what, base, mine, theirs, want, hasOverlap) => {
  const merged = merge(doc(...base), doc(...mine), doc(...theirs))
  expect(lines(merged.doc)).toEqual(want)
  expect(merged.hasOverlap).toBe(hasOverlap)
})

test('whatever two people do to different lines, nothing of either is lost', () => {
  let seed = 7
  const random = (n: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % n
  }
  for (let round = 0; round < 300; round++) {
    const start = Array.from({ length: 2 + random(8) }, (_, i) => `line ${i}`)
    const edit = (name: string, mayTouch: (i: number) => boolean) =>
      start.flatMap((line, i) => {
        if (!mayTouch(i) || random(3) > 0) return [line]
        return random(2) ? [`${name} ${round}.${i}`] : [line, `${name} added ${round}.${i}`]
      })
    const mine = edit('mine', (i) => i % 2 === 0)
    const theirs = edit('theirs', (i) => i % 2 === 1)
    const { doc: joined, hasOverlap } = merge(doc(...start), doc(...mine), doc(...theirs))
    const found = lines(joined)
    expect(hasOverlap).toBe(false)
    for (const line of [...mine, ...theirs]) if (!start.includes(line)) expect(found).toContain(line)
    expect(new Set(found).size).toBe(found.length)
  }
})

test('without a common start both texts stay where they differ', () => {
  expect(lines(both(doc('a', 'mine', 'c'), doc('a', 'theirs', 'c')))).toEqual(['a', 'theirs', 'mine', 'c'])
})
