import { expect, test } from 'vitest'
import { placeOfBlock, placeOfRange, segmentsOf, sentenceAround } from './places'

test('a text is cut where highlights begin and end', () => {
  const cut = segmentsOf('abcdef', 10, [
    { id: 'long', from: 8, to: 14 },
    { id: 'short', from: 12, to: 13 },
    { id: 'elsewhere', from: 16, to: 20 },
  ])
  expect(cut).toEqual([
    { pos: 10, text: 'ab', ids: ['long'] },
    { pos: 12, text: 'c', ids: ['long', 'short'] },
    { pos: 13, text: 'd', ids: ['long'] },
    { pos: 14, text: 'ef', ids: [] },
  ])
  expect(segmentsOf('abc', 0, [])).toEqual([{ pos: 0, text: 'abc', ids: [] }])
})

test('a sentence is found by a letter of it, at its ends too', () => {
  const text = 'Pumps fail. They fail at 3.5 bar! Why?'
  const around = (at: number) => text.slice(...sentenceAround(text, at))
  expect(around(0)).toBe('Pumps fail.')
  expect(around(14)).toBe('They fail at 3.5 bar!')
  expect(around(26)).toBe('They fail at 3.5 bar!')
  expect(around(text.length)).toBe('Why?')
  expect(sentenceAround('', 0)).toEqual([0, 0])
})

test('a block without words is no place', () => {
  expect(placeOfBlock({ type: 'paragraph', pos: 3 })).toBeUndefined()
  expect(placeOfBlock({ type: 'paragraph', pos: 3, content: [{ type: 'text', pos: 4, text: '  ' }] })).toBeUndefined()
  expect(placeOfBlock({ type: 'paragraph', pos: 3, content: [{ type: 'text', pos: 4, text: 'ab' }] })).toEqual({
    from: 4,
    to: 6,
    quote: 'ab',
  })
})

test('a selection over several pieces, with a suggestion left out between them', () => {
  const root = document.createElement('div')
  root.innerHTML = '<p><span data-pos="1">one </span><strong><span data-pos="9">two</span></strong></p>'
  const range = document.createRange()
  const [first, second] = [...root.querySelectorAll('span')].map((s) => s.firstChild as Text)
  if (!first || !second) throw new Error('no text')
  range.setStart(first, 2)
  range.setEnd(second, 2)
  expect(placeOfRange(root, range)).toEqual({ from: 3, to: 11, quote: 'e tw' })
  range.setEnd(first, 2)
  expect(placeOfRange(root, range)).toBeUndefined()
})
