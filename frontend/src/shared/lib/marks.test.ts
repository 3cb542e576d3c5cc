import { expect, test } from 'vitest'
import { markHtml, markWords, matchesOf, splitMarks } from './marks'

const plain = (segments: { text: string; isMatch: boolean }[]) =>
  segments.map((s) => (s.isMatch ? `[${s.text}]` : s.text)).join('')

test('marks come from control characters, never from markup', () => {
  expect(plain(splitMarks('the \u0001warm\u0002 hour, <b>\u0001warm\u0002</b>'))).toBe('the [warm] hour, <b>[warm]</b>')
  expect(plain(splitMarks('no match'))).toBe('no match')
  expect(plain(splitMarks('cut \u0001off'))).toBe('cut [off]')
  expect(splitMarks('\u0001\u0002')).toEqual([])
  expect(matchesOf('\u0001Warm\u0002 and \u0001warm\u0002, \u0001hour\u0002')).toEqual(['warm', 'hour'])
})

test('words are marked from their beginning, whatever they look like', () => {
  expect(plain(markWords('Excursions and an excursion; reexcursion', 'excursion'))).toBe(
    '[Excursions] and an [excursion]; reexcursion',
  )
  expect(plain(markWords('häufigsten Fragen', 'häufig'))).toBe('[häufigsten] Fragen')
  expect(plain(markWords('costs (100 %) a+b', '(100 a+b ['))).toBe('costs [(100] %) [a+b]')
  expect(plain(markWords('a text', undefined))).toBe('a text')
  expect(plain(markWords('a text', 'a'))).toBe('a text') // one letter marks everything
  expect(markWords('', 'x')).toEqual([])
})

test('in HTML only texts are marked', () => {
  expect(markHtml('<p class="warm">A warm <b>hour</b> &lt;warm&gt;</p>', 'warm')).toBe(
    '<p class="warm">A <mark>warm</mark> <b>hour</b> &lt;<mark>warm</mark>&gt;</p>',
  )
  expect(markHtml('<p>x</p>', undefined)).toBe('<p>x</p>')
})
