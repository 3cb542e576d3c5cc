import { getSchema } from '@tiptap/core'
import { setBlockType, splitBlock } from '@tiptap/pm/commands'
import { history, undo } from '@tiptap/pm/history'
import type { NodeType } from '@tiptap/pm/model'
import { Slice } from '@tiptap/pm/model'
import { type Command, EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { Transform } from '@tiptap/pm/transform'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { documentExtensions } from '../extensions'
import { collab } from '../live/collab'
import { Engine, type SchemaSpec } from '../live/engine'
import { FakeServer, FakeSocket } from '../live/fakeServer'
import { Node } from '../live/prosemirror'
import { LiveDraft } from '../live/provider'
import type { LiveEditor } from '../live/session'
import { asSuggestion } from './convert'
import { suggestionsIn } from './list'
import { onlySuggests, resolve } from './rules'

const schema = getSchema(documentExtensions())
const p = (text: string) => ({ type: 'paragraph', content: text ? [{ type: 'text', text }] : undefined })
const rita = '00000000-0000-4000-8000-00000000000a'
const sam = '00000000-0000-4000-8000-00000000000b'
const at = '2026-03-01T10:00:00Z'
const doc = (...content: object[]) => Node.fromJSON(schema, { type: 'doc', content })

function settled(node: Node, action: 'accept' | 'reject'): Node {
  const tr = new Transform(node)
  resolve(tr, action, () => true)
  tr.doc.check()
  return tr.doc
}

/** Somebody who writes in suggest mode, without a screen. */
class Writer {
  state: EditorState
  constructor(start: Node) {
    this.state = EditorState.create({ doc: start, plugins: [history()] })
  }
  caret(from: number, to = from) {
    this.state = this.state.apply(this.state.tr.setSelection(TextSelection.create(this.state.doc, from, to)))
    return this
  }
  dispatch = (tr: Transaction) => {
    this.state = this.state.apply(asSuggestion(tr, this.state, rita, new Date(at)))
  }
  run(command: Command) {
    command(this.state, this.dispatch)
    return this
  }
  type(text: string) {
    for (const letter of text) this.dispatch(this.state.tr.replaceSelectionWith(schema.text(letter)))
    return this
  }
  erase(from: number, to: number) {
    this.dispatch(this.state.tr.delete(from, to))
    return this
  }
}

test('what is typed is one suggestion; accepting takes it, rejecting leaves nothing', () => {
  const w = new Writer(doc(p('good day'))).caret(5).type(' sunny')
  expect(suggestionsIn(w.state.doc)).toMatchObject([{ by: rita, inserted: ' sunny', deleted: '' }])
  expect(settled(w.state.doc, 'accept').textContent).toBe('good sunny day')
  expect(settled(w.state.doc, 'reject').eq(doc(p('good day')))).toBe(true)
})

test('what cannot be suggested is left out, and said', () => {
  const said: unknown[] = []
  const w = new Writer(doc(p('good day'), p('night')))
  const dispatch = w.dispatch
  w.dispatch = (tr) => {
    said.push(asSuggestion(tr, w.state, rita, new Date(at)).getMeta('leftOut'))
    dispatch(tr)
  }
  const paste = (...blocks: object[]) => {
    w.caret(1, 5)
    const slice = new Slice(doc(...blocks).content, 0, 0)
    w.dispatch(w.state.tr.replaceSelection(slice).setMeta('paste', true))
  }
  w.caret(1).type('so ')
  w.run(splitBlock)
  expect(said.every((one) => one === undefined)).toBe(true)
  w.caret(7, 9).run((state, go) => {
    go?.(state.tr.addMark(7, 9, schema.mark('bold')))
    return true
  })
  expect(said.pop()).toBe('format')
  w.caret(1).run(setBlockType(schema.nodes.heading as NodeType, { level: 2 }))
  expect(said.pop()).toBe('format')
  paste({ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Head' }] }, p('words'))
  expect(said.pop()).toBe('flat')
  expect(w.state.doc.textContent).toContain('Head')
  paste({ type: 'horizontalRule' }, p('line'))
  expect(said.pop()).toBe('blocks')
  expect(w.state.doc.toString()).not.toContain('horizontalRule')
  expect(onlySuggests(doc(p('good day'), p('night')), w.state.doc, rita)).toBe(true)
})

test('text that is replaced stays, marked, with the new text after it', () => {
  const w = new Writer(doc(p('good day'))).caret(1, 5).type('nice')
  expect(w.state.doc.textContent).toBe('goodnice day')
  expect(suggestionsIn(w.state.doc)).toMatchObject([{ inserted: 'nice', deleted: 'good' }])
  expect(settled(w.state.doc, 'accept').textContent).toBe('nice day')
  expect(settled(w.state.doc, 'reject').textContent).toBe('good day')
})

test('what one suggested oneself is really gone when taken out, and undo brings it back', () => {
  const w = new Writer(doc(p('ab'))).caret(2).type('xyz').erase(2, 4)
  expect(w.state.doc.textContent).toBe('azb')
  w.run(undo)
  expect(w.state.doc.textContent).not.toBe('azb')
  expect(onlySuggests(doc(p('ab')), w.state.doc, rita)).toBe(true)
})

test('a paragraph that is suggested stands as a line break until it is accepted', () => {
  const w = new Writer(doc(p('one two'))).caret(4).run(splitBlock)
  expect(w.state.doc.childCount).toBe(1)
  expect(settled(w.state.doc, 'accept').childCount).toBe(2)
  expect(settled(w.state.doc, 'reject').eq(doc(p('one two')))).toBe(true)
  const item = (text: string) => ({ type: 'listItem', content: [p(text)] })
  const list = new Writer(doc({ type: 'bulletList', content: [item('one two')] })).caret(6).run(splitBlock)
  expect(settled(list.state.doc, 'accept').firstChild?.childCount).toBe(2)
})

test('taking out across blocks keeps them apart; accepted, a block without text goes', () => {
  const w = new Writer(doc(p('first'), p('second'), p('third'))).erase(4, 17)
  expect(w.state.doc.childCount).toBe(3)
  const after = settled(w.state.doc, 'accept')
  expect(after.childCount).toBe(2)
  expect(after.textBetween(0, after.content.size, '|')).toBe('fir|hird')
  const item = (text: string) => ({ type: 'listItem', content: [p(text)] })
  const list = new Writer(doc({ type: 'bulletList', content: [item('one'), item('two')] })).erase(3, 6)
  expect(settled(list.state.doc, 'accept').firstChild?.childCount).toBe(1)
})

test('bold, headings and moved blocks are no suggestions: nothing happens', () => {
  const start = doc(p('good day'))
  const w = new Writer(start).caret(1, 5)
  w.dispatch(w.state.tr.addMark(1, 5, schema.mark('bold')))
  w.dispatch(w.state.tr.setBlockType(1, 5, schema.nodes.heading as never, { level: 1 }))
  expect(w.state.doc.eq(start)).toBe(true)
})

test('code can be suggested; a code block cannot be changed by a suggestion', () => {
  const start = doc({ type: 'paragraph', content: [{ type: 'text', text: 'x = 1', marks: [{ type: 'code' }] }] })
  expect(settled(new Writer(start).erase(1, 3).state.doc, 'accept').textContent).toBe('= 1')
  const block = doc({ type: 'codeBlock', content: [{ type: 'text', text: 'x' }] })
  expect(new Writer(block).erase(1, 2).caret(1).type('y').state.doc.eq(block)).toBe(true)
})

function engine(start: Node): Engine {
  const list = (types: { forEach: (f: (name: string, spec: unknown) => void) => void }) => {
    const all: [string, unknown][] = []
    types.forEach((name, spec) => {
      all.push([name, spec])
    })
    return all
  }
  const spec = { topNode: 'doc', nodes: list(schema.spec.nodes), marks: list(schema.spec.marks) } as SchemaSpec
  const e = new Engine(spec)
  e.open('d', start.toJSON())
  return e
}

const insertion = (by: string, id = 'i') => ({ type: 'insertion', attrs: { id, by, at } })
const deletion = (by: string, id = 'd') => ({ type: 'deletion', attrs: { id, by, at } })
const text = (words: string, ...marks: object[]) => ({ type: 'text', text: words, marks })

test('a client that pretends gets nothing through that is no suggestion of its own', () => {
  const start = doc({
    type: 'paragraph',
    content: [text('plain '), text('new', insertion(sam)), text(' old', deletion(sam)), text('mine', insertion(rita))],
  })
  const slice = (...content: object[]) => ({ slice: { content } })
  const replace = (from: number, to: number, more: object = {}) => ({ stepType: 'replace', from, to, ...more })
  const markStep = (stepType: string, mark: object, from: number, to: number) => ({ stepType, mark, from, to })
  const refused = {
    'plain text': replace(1, 1, slice({ type: 'text', text: 'x' })),
    'text in the name of another': replace(1, 1, slice(text('x', insertion(sam, 'z')))),
    'taking text out': replace(1, 3),
    'taking the suggestion of another out': replace(7, 10),
    'accepting that of another': markStep('removeMark', insertion(sam), 7, 10),
    'rejecting that of another': markStep('removeMark', deletion(sam), 10, 14),
    'accepting their own': markStep('removeMark', insertion(rita), 14, 18),
    'claiming text': markStep('addMark', insertion(rita), 1, 4),
    'claiming that of another': markStep('addMark', insertion(rita), 7, 10),
    'deleting in the name of another': markStep('addMark', deletion(sam), 1, 4),
    'bold text': markStep('addMark', { type: 'bold' }, 1, 4),
    'another block': replace(0, 0, slice(p('x'))),
    'a split': replace(3, 3, { slice: { content: [p(''), p('')], openStart: 1, openEnd: 1 }, structure: true }),
    'a heading': {
      stepType: 'replaceAround',
      from: 0,
      to: start.content.size,
      gapFrom: 1,
      gapTo: start.content.size - 1,
      insert: 1,
      slice: { content: [{ type: 'heading', attrs: { level: 1 } }] },
      structure: true,
    },
  }
  for (const [what, step] of Object.entries(refused)) {
    const e = engine(start)
    expect(e.apply('d', [step], true, rita), what).toEqual({ s: [], i: [] })
    expect(e.rebase('d', [], [step], rita), what).toEqual({ s: [], i: [] })
    expect(e.json('d'), what).toEqual(start.toJSON())
  }
  const taken = {
    'a suggestion': replace(1, 1, slice(text('x', insertion(rita, 'n')))),
    'bold in their own': markStep('addMark', { type: 'bold' }, 14, 18),
    'to take text out': markStep('addMark', deletion(rita), 1, 4),
    'to take out what another wants out too': markStep('addMark', deletion(rita), 10, 14),
    'to take out what another put in': markStep('addMark', deletion(rita), 7, 10),
    'taking their own back': replace(14, 18),
  }
  for (const [what, step] of Object.entries(taken)) {
    expect(engine(start).apply('d', [step], true, rita), what).toMatchObject({ i: [0] })
  }
  expect(engine(start).replace('d', doc(p('all mine')).toJSON(), rita)).toHaveProperty('e')
})

test('a text of theirs into which somebody has written is not taken back with it', () => {
  const start = doc({ type: 'paragraph', content: [text('mine', insertion(rita))] })
  const e = engine(start)
  const typed = { stepType: 'replace', from: 3, to: 3, slice: { content: [{ type: 'text', text: 'X' }] } }
  e.apply('d', [typed], true)
  e.commit('d')
  expect(e.rebase('d', [typed], [{ stepType: 'replace', from: 1, to: 5 }], rita)).toEqual({ s: [], i: [] })
})

class Tab implements LiveEditor {
  state: EditorState | null = null
  readonly live: LiveDraft
  readonly #suggests: boolean
  constructor(server: FakeServer, client: string, suggests: boolean) {
    this.#suggests = suggests
    if (suggests) server.suggesters.set(client, rita)
    this.live = new LiveDraft({
      draft: server.draft,
      editor: this,
      ticket: async () => 'ticket',
      socket: () => new FakeSocket(server) as unknown as WebSocket,
      onStatus: () => {},
      onDropped: () => {},
      onPresence: () => {},
      onCommit: () => {},
      client,
    })
  }
  get() {
    if (!this.state) throw new Error('not open yet')
    return this.state
  }
  dispatch(tr: Transaction) {
    this.state = this.get().apply(tr)
  }
  reset(json: object, version: number) {
    this.state = EditorState.create({ doc: Node.fromJSON(schema, json), plugins: [collab({ version }), history()] })
  }
  change(tr: Transaction) {
    this.dispatch(this.#suggests ? asSuggestion(tr, this.get(), rita, new Date(at)) : tr)
    this.live.changed()
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})
afterEach(() => vi.useRealTimers())

test('suggestions and edits at once end in the same text for both', async () => {
  let seed = 7
  const random = (n: number) => {
    seed = (seed * 48271) % 2147483647
    return seed % n
  }
  for (let round = 0; round < 25; round++) {
    const server = new FakeServer(
      schema,
      'd',
      doc(p('the quick brown fox'), p('jumps over it'), p('and away')).toJSON(),
    )
    const tabs = [new Tab(server, 'editor', false), new Tab(server, 'suggester', true)]
    await vi.advanceTimersByTimeAsync(0)
    for (let i = 0; i < 40; i++) {
      for (const tab of tabs) {
        const state = tab.get()
        const spots: number[] = []
        state.doc.descendants((node, pos) => {
          if (node.isTextblock) for (let o = 0; o <= node.content.size; o++) spots.push(pos + 1 + o)
        })
        const from = spots[random(spots.length)] ?? 1
        const to = spots[random(spots.length)] ?? 1
        const [a, b] = from < to ? [from, Math.min(to, from + 8)] : [to, Math.min(from, to + 8)]
        const kind = random(6)
        if (kind < 3) tab.change(state.tr.insertText('abc '[random(4)] as string, from))
        else if (kind === 3) tab.change(state.tr.delete(a, b))
        else if (kind === 4)
          splitBlock(state.apply(state.tr.setSelection(TextSelection.create(state.doc, from))), (tr) => {
            const selected = state.tr.setSelection(TextSelection.create(state.doc, from))
            for (const step of tr.steps) selected.step(step)
            tab.change(selected)
          })
        else if (tab === tabs[0]) {
          const { tr } = state
          const one = suggestionsIn(state.doc)[0]
          resolve(tr, random(2) ? 'accept' : 'reject', (m) => m.attrs.id === one?.by || m.attrs.by === one?.by)
          tab.change(tr)
        } else undo(state, (tr) => tab.change(tr))
      }
      if (random(3) === 0) await vi.advanceTimersByTimeAsync(0)
      if (random(15) === 0) server.cut()
    }
    await vi.advanceTimersByTimeAsync(30_000)
    const ends = tabs.map((tab) => JSON.stringify(tab.get().doc.toJSON()))
    expect(ends[0], `round ${round}`).toBe(ends[1])
    expect(ends[0]).toBe(JSON.stringify(server.engine.json('d')))
    tabs.map((tab) => tab.live.close())
  }
})

test('a suggestion far from one that the editor has the caret in still is one of its own; one that touches it goes on', () => {
  const w = new Writer(doc(p('Nobody looks.'), p('Five minutes decide.'))).caret(14).type(' Here.')
  const end = w.state.doc.content.size - 1
  w.erase(end - 1, end)
  expect(suggestionsIn(w.state.doc)).toMatchObject([{ inserted: ' Here.' }, { deleted: '.' }])
  w.erase(end - 2, end - 1)
    .caret(end)
    .type('s!')
  expect(suggestionsIn(w.state.doc)).toMatchObject([{ inserted: ' Here.' }, { inserted: 's!', deleted: 'e.' }])
})

test('the caret goes before what Backspace takes, also when the editor has not heard of End yet, and behind what Delete takes', () => {
  const late = new Writer(doc(p('Five minutes decide.'))).caret(5).erase(20, 21)
  expect(late.state.selection.from).toBe(20)
  expect(late.erase(19, 20).state.selection.from).toBe(19)
  expect(new Writer(doc(p('abc'))).caret(2).erase(2, 3).state.selection.from).toBe(3)
})
