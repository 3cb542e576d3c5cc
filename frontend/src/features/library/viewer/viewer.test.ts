import { expect, test } from 'vitest'
import { flat, piecesOf, placesOf, spansOf } from './find'
import { gap, layoutOf, pageAt, rangeOf } from './layout'
import { isNumber } from './TableViewer'
import { panned, zoomed } from './zoom'

const sizes = [
  { width: 1600, height: 900 },
  { width: 0, height: 0 },
  { width: 1600, height: 3200 },
]

test('pages lie below each other in their shapes, and only those near are drawn', () => {
  const layout = layoutOf(sizes, 800)
  expect(layout.heights).toEqual([450, 450, 1600])
  expect(layout.tops).toEqual([gap, 450 + 2 * gap, 900 + 3 * gap])
  expect(pageAt(layout, 0)).toBe(1)
  expect(pageAt(layout, (layout.tops[1] ?? 0) - 8)).toBe(2)
  expect(pageAt(layout, 200)).toBe(1)
  expect(pageAt(layout, 300)).toBe(2) // more than the half has gone
  expect(pageAt(layout, layout.total)).toBe(3)
  const long = layoutOf(
    Array.from({ length: 2000 }, () => ({ width: 3, height: 4 })),
    600,
  )
  const [first, last] = rangeOf(long, long.tops[999] ?? 0, 700)
  expect(first).toBeGreaterThan(990)
  expect(last).toBeLessThan(1005)
  expect(first).toBeLessThanOrEqual(999)
  expect(rangeOf(layoutOf([], 600), 0, 100)).toEqual([0, -1])
})

test('words are found over the break of a line, and each line is marked where it has a part', () => {
  const lines = ['The pump  never', 'ran dry. (A pump', 'never)']
  const spans = spansOf(flat(lines.join('\n')), { text: 'PUMP never', isWords: false })
  expect(spans).toEqual([
    [4, 14],
    [27, 37],
  ])
  expect(piecesOf(lines, spans)).toEqual([
    [{ text: 'The ' }, { text: 'pump never', hit: 0 }],
    [{ text: 'ran dry. (A ' }, { text: 'pump', hit: 1 }],
    [{ text: 'never', hit: 1 }, { text: ')' }],
  ])
})

test('what is typed is taken as it is; what a search found is any of the words', () => {
  expect(spansOf('a.b (c', { text: 'a.b (', isWords: false })).toEqual([[0, 5]])
  expect(spansOf('a-b', { text: 'a.b', isWords: false })).toEqual([])
  expect(spansOf('Pumps and valves', { text: 'valve pump', isWords: true })).toEqual([
    [0, 5],
    [10, 16],
  ])
  expect(spansOf('x', { text: '  ', isWords: false })).toEqual([])
  const pages = [
    { page: 2, text: 'pump\npump' },
    { page: 5, text: 'pump' },
  ]
  expect(placesOf(pages, { text: 'pump', isWords: false })).toEqual([
    { page: 2, hit: 0 },
    { page: 2, hit: 1 },
    { page: 5, hit: 0 },
  ])
})

test('a picture grows around the point under the finger and never leaves its box', () => {
  const box = { width: 400, height: 300 }
  const at = { x: 100, y: 50 }
  const larger = zoomed({ scale: 1, x: 0, y: 0 }, 2, at, box)
  expect(larger).toEqual({ scale: 2, x: -100, y: -50 })
  expect(panned(larger, 500, 500, box)).toEqual({ scale: 2, x: 0, y: 0 })
  expect(panned(larger, -5000, -5000, box)).toEqual({ scale: 2, x: -400, y: -300 })
  expect(zoomed(larger, 0.01, at, box)).toMatchObject({ scale: 1, x: 0, y: 0 })
  expect(zoomed(larger, 100, at, box).scale).toBe(8)
})

test.each([
  ['1,234.50', true],
  ['-3', true],
  ['12 %', true],
  ['€ 40', true],
  ['1 000,50', true],
  ["1'000.-", false],
  ['(12.00)', true],
  ['950 EUR', true],
  ['2026-03-12', false],
  ['Q3', false],
  ['P100', false],
  ['', false],
  [undefined, false],
])('the cell %s is a number: %s', (cell, yes) => {
  expect(isNumber(cell)).toBe(yes)
})
