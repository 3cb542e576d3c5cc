import { expect, test } from 'vitest'
import { blocksOf, countWords, diffDocs } from './diff'
import type { DocJson } from './doc'

const p = (text: string): DocJson => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const doc = (...content: DocJson[]): DocJson => ({ type: 'doc', content })
const said = (before: DocJson, after: DocJson) =>
  diffDocs(before, after).map((block) =>
    block.parts
      .map(({ text, change }) => (change === 'same' ? text : `${change === 'added' ? '+' : '-'}[${text}]`))
      .join(''),
  )

test('words that changed are marked in their sentence', () => {
  expect(said(doc(p('The probe is read every minute.')), doc(p('The probe is read every five minutes.')))).toEqual([
    'The probe is read every -[minute]+[five minutes].',
  ])
})

test('paragraphs come and go; the others are left alone', () => {
  expect(said(doc(p('One'), p('Two'), p('Three')), doc(p('One'), p('Three'), p('Four')))).toEqual([
    'One',
    '-[Two]',
    'Three',
    '+[Four]',
  ])
})

test('a passage in entirely other words is one that went and one that came', () => {
  expect(said(doc(p('Cold chains break at doors')), doc(p('Nobody reads alarms')))).toEqual([
    '+[Nobody reads alarms]',
    '-[Cold chains break at doors]',
  ])
})

test('lists keep their depth, marks and attributes cannot become markup', () => {
  const list: DocJson = {
    type: 'bulletList',
    content: [{ type: 'listItem', content: [p('<img src=x onerror=alert(1)>')] }],
  }
  const [block] = diffDocs(doc(), doc(list))
  expect(block).toMatchObject({ kind: 'paragraph', depth: 1, isItem: true, change: 'added' })
  expect(block?.parts[0]?.text).toBe('<img src=x onerror=alert(1)>')
})

test('counts words', () => {
  expect(countWords(diffDocs(doc(p('a b c d')), doc(p('a b x y z d'))))).toEqual({ added: 3, removed: 1 })
})

test('says who wrote and removed what, cut where another person begins', () => {
  const before = doc(p('The probe is read.'))
  const after = doc(p('The small red probe is read.'))
  // positions from inside the document: the paragraph begins at 0, its text at 1
  const [block] = diffDocs(before, after, {
    inserted: [
      { from: 5, to: 11, user_id: 'tom' },
      { from: 11, to: 15, user_id: 'nora' },
    ],
    removed: [],
  })
  expect(block?.parts.filter((part) => part.change === 'added')).toEqual([
    { text: 'small ', change: 'added', by: 'tom' },
    { text: 'red ', change: 'added', by: 'nora' },
  ])
  const gone = diffDocs(doc(p('Cold'), p('Gone now')), doc(p('Cold')), {
    inserted: [],
    removed: [{ from: 6, to: 16, user_id: 'tom' }],
  })
  expect(gone[1]?.parts).toEqual([{ text: 'Gone now', change: 'removed', by: 'tom' }])
})

test('positions count lists, breaks and empty paragraphs as ProseMirror does', () => {
  const tree = doc(
    { type: 'paragraph' },
    { type: 'bulletList', content: [{ type: 'listItem', content: [p('ab')] }] },
    { type: 'horizontalRule' },
    { type: 'paragraph', content: [{ type: 'text', text: 'c' }, { type: 'hardBreak' }, { type: 'text', text: 'd' }] },
  )
  expect(blocksOf(tree).map(({ text, at }) => [text, at])).toEqual([
    ['', 1],
    ['ab', 5],
    ['', 11],
    ['c\nd', 12],
  ])
})
