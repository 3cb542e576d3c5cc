import { Editor } from '@tiptap/core'
import { EditorState, type Transaction } from '@tiptap/pm/state'
import { Mapping } from '@tiptap/pm/transform'
import { afterEach, expect, test } from 'vitest'
import { documentExtensions } from '@/shared/editor/extensions'
import { collab, rebase, unconfirmedOf, versionOf } from '@/shared/editor/live/collab'
import { Carets } from '@/shared/editor/live/presence'
import type { ServerMessage } from '@/shared/editor/live/protocol'
import { anchorsOf, changeAnchors, chosen, findWords, mapRange, Threads, threadsAt, trimmed, wordsOf } from './anchors'

const paragraph = (text: string) => ({ type: 'paragraph', content: text ? [{ type: 'text', text }] : [] })
const open: Editor[] = []

function editorWith(...texts: string[]): Editor {
  const editor = new Editor({
    extensions: [...documentExtensions(), Threads],
    content: { type: 'doc', content: texts.map(paragraph) },
  })
  open.push(editor)
  return editor
}

afterEach(() => {
  for (const editor of open.splice(0)) editor.destroy()
})

/** Puts a thread on the only place where these words stand. */
function place(editor: Editor, threads: Record<string, string>): void {
  const found = Object.entries(threads).map(([id, words]) => [id, findWords(editor.state.doc, words) ?? null] as const)
  editor.view.dispatch(changeAnchors(editor.state, { threads: new Map(found) }))
}

const wordsAt = (editor: Editor, id: string) => {
  const range = anchorsOf(editor.state).threads.get(id)
  return range && wordsOf(editor.state.doc, range)
}

const marks = (editor: Editor) =>
  [...editor.view.dom.querySelectorAll<HTMLElement>('.thread-mark')].map((m) => [m.textContent, m.dataset.threads])

test('what is written before an anchor moves it, at its edges stays outside, in it belongs to it', () => {
  const editor = editorWith('Nobody looks at the dock.')
  place(editor, { a: 'the dock' })
  editor.view.dispatch(editor.state.tr.insertText('Hello. ', 1))
  expect(wordsAt(editor, 'a')).toBe('the dock')
  const { from, to } = findWords(editor.state.doc, 'the dock') ?? { from: 0, to: 0 }
  editor.view.dispatch(editor.state.tr.insertText('!', to))
  editor.view.dispatch(editor.state.tr.insertText('in ', from))
  expect(wordsAt(editor, 'a')).toBe('the dock')
  editor.view.dispatch(editor.state.tr.insertText('old ', from + 7))
  expect(wordsAt(editor, 'a')).toBe('the old dock')
  expect(marks(editor)).toEqual([['the old dock', 'a']])
  expect(editor.getText()).toBe('Hello. Nobody looks at in the old dock!.')
})

test('an anchor whose text is deleted is known as gone, not as unknown', () => {
  const editor = editorWith('Nobody looks at the dock.')
  place(editor, { a: 'the dock', b: 'Nobody' })
  editor.commands.deleteRange(findWords(editor.state.doc, 'looks at the dock') ?? { from: 0, to: 0 })
  expect(anchorsOf(editor.state).threads.get('a')).toBeNull()
  expect(wordsAt(editor, 'b')).toBe('Nobody')
  expect(marks(editor)).toEqual([['Nobody', 'b']])
})

test('a heading, a list and a split keep an anchor at its words', () => {
  const editor = editorWith('Nobody looks at the dock.', 'Five minutes decide.')
  place(editor, { a: 'looks at', b: 'minutes' })
  editor.chain().setTextSelection(3).toggleHeading({ level: 2 }).run()
  editor.chain().setTextSelection(30).toggleBulletList().run()
  editor.commands.setTextSelection(findWords(editor.state.doc, 'Nobody ')?.to ?? 0)
  editor.commands.splitBlock()
  expect(wordsAt(editor, 'a')).toBe('looks at')
  expect(wordsAt(editor, 'b')).toBe('minutes')
})

test('where threads overlap the words are marked once; a click finds the shortest', () => {
  const editor = editorWith('one two three four')
  place(editor, { a: 'one two three', b: 'two three four', c: 'three' })
  expect(marks(editor)).toEqual([
    ['one ', 'a'],
    ['two ', 'a b'],
    ['three', 'a b c'],
    [' four', 'b'],
  ])
  const three = findWords(editor.state.doc, 'three')?.from ?? 0
  expect(threadsAt(editor.state, three + 2)).toEqual(['c', 'a', 'b'])
  editor.view.dispatch(changeAnchors(editor.state, { active: 'c' }))
  expect(editor.view.dom.querySelectorAll('[data-active]')).toHaveLength(1)
})

test('marking changes no document and is nothing to undo', () => {
  const editor = editorWith('Start')
  editor.commands.insertContentAt(6, ' more')
  place(editor, { a: 'more' })
  editor.commands.undo()
  expect(editor.getText()).toBe('Start')
  expect(anchorsOf(editor.state).threads.get('a')).toBeNull()
})

test('a comment is about words: blanks at the ends are left out, without a selection it is about the block', () => {
  const editor = editorWith('  Nobody looks.  ', '', 'Five.')
  const all = { from: 0, to: editor.state.doc.content.size }
  const range = trimmed(editor.state.doc, all)
  expect(range && wordsOf(editor.state.doc, range)).toMatch(/^Nobody looks\.\s+Five\.$/)
  expect(trimmed(editor.state.doc, { from: 1, to: 3 })).toBeUndefined()
  editor.commands.setTextSelection(5)
  const block = chosen(editor.state)
  expect(block && wordsOf(editor.state.doc, block)).toBe('Nobody looks.')
})

test('words are found only where they stand once', () => {
  const { doc } = editorWith('to be or not to be', 'that is', 'the question').state
  expect(findWords(doc, 'to be')).toBeUndefined()
  expect(findWords(doc, 'or not')).toEqual({ from: 7, to: 13 })
  const across = findWords(doc, 'that is the question')
  expect(across && wordsOf(doc, across)).toBe('that is the question')
  expect(findWords(doc, '')).toBeUndefined()
})

/** The live plugin without a screen: what others commit, and what is not confirmed here. */
class Tab {
  state: EditorState
  readonly carets = new Carets()
  constructor(text: string, version: number) {
    const { schema } = editorWith('')
    const doc = schema.nodeFromJSON({ type: 'doc', content: [paragraph(text)] })
    this.state = EditorState.create({ doc, plugins: [collab({ version })] })
  }
  dispatch(tr: Transaction) {
    this.state = this.state.apply(tr)
  }
  /** Somebody else's commit. */
  commit(change: (tr: Transaction) => Transaction) {
    const base = EditorState.create({ doc: this.confirmed() })
    const { steps } = change(base.tr)
    const v = versionOf(this.state)
    this.dispatch(rebase(this.state, steps).tr)
    const m = { t: 'steps', d: 'd', v, c: 'x', u: 'u', b: 1, s: steps.map((s) => s.toJSON() as object), i: [] }
    this.carets.committed(m as Extract<ServerMessage, { t: 'steps' }>, this.state)
  }
  confirmed() {
    const { tr } = this.state
    for (const u of unconfirmedOf(this.state).toReversed()) tr.step(u.inverted)
    return tr.doc
  }
}

test('an anchor of an older version comes over commits and over what is not confirmed', () => {
  const tab = new Tab('one two three', 7)
  const two = findWords(tab.state.doc, 'two')
  tab.dispatch(tab.state.tr.insertText('mine ', 1))
  tab.commit((tr) => tr.insertText('theirs ', 1))
  tab.commit((tr) => tr.insertText('!', tr.doc.content.size - 1))
  const maps = tab.carets.since(7, tab.state)
  const now = mapRange(two, new Mapping(maps ?? []))
  expect(now && wordsOf(tab.state.doc, now)).toBe('two')
  expect(tab.state.doc.textContent).toContain('mine')
  expect(tab.carets.since(6, tab.state)).toBeNull()
})

test('a rebase leaves an anchor in text that is not confirmed', () => {
  const editor = editorWith('one')
  let state = EditorState.create({ doc: editor.state.doc, plugins: [collab({ version: 1 }), ...editor.state.plugins] })
  state = state.apply(state.tr.insertText(' unconfirmed words', 4))
  state = state.apply(changeAnchors(state, { started: findWords(state.doc, 'words') }))
  const base = EditorState.create({ doc: editor.state.doc })
  state = state.apply(rebase(state, base.tr.insertText('theirs: ', 1).steps).tr)
  const { started } = anchorsOf(state)
  expect(state.doc.textContent).toBe('theirs: one unconfirmed words')
  expect(started && wordsOf(state.doc, started)).toBe('words')
})
