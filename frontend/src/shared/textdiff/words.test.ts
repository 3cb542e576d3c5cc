import { expect, test } from 'vitest'
import { diffDocs } from './diff'
import type { DocJson } from './doc'
import { excerpts, onlyChanged, wordChanges } from './words'

const said = (parts: { text: string; change: string }[]) =>
  parts.map((p) => (p.change === 'added' ? `[+${p.text}]` : p.change === 'removed' ? `[-${p.text}]` : p.text)).join('')

test('words that came and went, whatever the lines', () => {
  expect(said(wordChanges('They cost\n40 euro', 'They  cost 44 euro'))).toBe('They cost [-40][+44] euro')
  expect(wordChanges('the same', 'the\nsame').every((p) => p.change === 'same')).toBe(true)
  expect(said(wordChanges('', 'new'))).toBe('[+new]')
})

test('what is far from a change is left out', () => {
  const long = Array.from({ length: 30 }, (_, i) => `w${i}`).join(' ')
  const parts = excerpts(wordChanges(`${long} 40 ${long}`, `${long} 44 ${long}`), 2)
  expect(said(parts)).toBe('… w28 w29 [-40][+44] w0 … ')
})

test('passages that are the same are left out, but for their neighbours', () => {
  const doc = (...texts: string[]): DocJson => ({
    type: 'doc',
    content: texts.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
  })
  const blocks = diffDocs(doc('a', 'b', 'c', 'd', 'e', 'f'), doc('a', 'b', 'c', 'd', 'e', 'g'))
  expect(onlyChanged(blocks).map((b) => b?.parts[0]?.text ?? '…')).toEqual(['…', 'e', 'g', 'f'])
})
