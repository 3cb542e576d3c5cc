import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from '@tiptap/pm/state'
import type { Mappable } from '@tiptap/pm/transform'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'

/** A stretch of the text. */
export interface Range {
  from: number
  to: number
}

interface Anchors {
  /** Where each thread stands in the text as it is here; null when its text vanished here. */
  threads: ReadonlyMap<string, Range | null>
  /** What a comment that is being written is about; null when that vanished, undefined when none is being written. */
  started: Range | null | undefined
  active: string | undefined
  decorations: DecorationSet
}

type Change = Partial<Pick<Anchors, 'threads' | 'active' | 'started'>>

declare module '@tiptap/core' {
  interface Storage {
    threads: {
      /** Told of a thread whose words somebody clicked. */
      onPick: (id: string) => void
    }
  }
}

const key = new PluginKey<Anchors>('threads')
const none: Anchors = { threads: new Map(), started: undefined, active: undefined, decorations: DecorationSet.empty }

export const anchorsOf = (state: EditorState): Anchors => key.getState(state) ?? none

/** What is written at the edges does not belong to it: the server maps anchors in the same way. */
export function mapRange(range: Range | null | undefined, mapping: Mappable): Range | null {
  if (!range) return null
  const from = mapping.map(range.from, 1)
  const to = mapping.map(range.to, -1)
  return from < to ? { from, to } : null
}

/** Places threads, marks one as active, begins and ends a comment. No change of the document. */
export function changeAnchors(state: EditorState, change: Change): Transaction {
  return state.tr.setMeta(key, change).setMeta('addToHistory', false)
}

function apply(tr: Transaction, old: Anchors): Anchors {
  const change = tr.getMeta(key) as Change | undefined
  if (!change && !tr.docChanged) return old
  const { mapping } = tr
  const moved = tr.docChanged && {
    threads: new Map([...old.threads].map(([id, range]) => [id, mapRange(range, mapping)])),
    started: old.started && mapRange(old.started, mapping),
  }
  const next = { ...old, ...moved, ...change }
  return { ...next, decorations: decorate(tr.doc, next) }
}

/** Where threads overlap the words are marked once, a little stronger. */
function decorate(doc: Node, { threads, started, active }: Omit<Anchors, 'decorations'>): DecorationSet {
  const all: (Range & { id: string })[] = []
  const end = doc.content.size
  for (const [id, range] of threads) if (range && range.to <= end) all.push({ id, ...range })
  if (started && started.to <= end) all.push({ id: '', ...started })
  if (all.length === 0) return DecorationSet.empty
  const cuts = [...new Set(all.flatMap((r) => [r.from, r.to]))].toSorted((a, b) => a - b)
  const starts = all.toSorted((a, b) => a.from - b.from)
  const parts: Decoration[] = []
  let open: typeof all = []
  let next = 0
  for (const [i, from] of cuts.entries()) {
    open = open.filter((r) => r.to > from)
    for (let r = starts[next]; r && r.from <= from; r = starts[++next]) open.push(r)
    const to = cuts[i + 1]
    if (to === undefined || open.length === 0) continue
    const isActive = open.some((r) => r.id === active || r.id === '')
    parts.push(
      Decoration.inline(from, to, {
        class: 'thread-mark',
        'data-threads': open.map((r) => r.id).join(' '),
        ...(open.length > 1 && { 'data-several': '' }),
        ...(isActive && { 'data-active': '' }),
      }),
    )
  }
  return DecorationSet.create(doc, parts)
}

/** The threads about the words at a place, the shortest stretch first. */
export function threadsAt(state: EditorState, pos: number): string[] {
  const all = [...anchorsOf(state).threads].flatMap(([id, r]) => (r && r.from <= pos && pos <= r.to ? [{ id, r }] : []))
  return all.toSorted((a, b) => a.r.to - a.r.from - (b.r.to - b.r.from)).map(({ id }) => id)
}

/** A stretch without the blanks and empty lines at its ends; undefined when there are no words in it. */
export function trimmed(doc: Node, { from, to }: Range): Range | undefined {
  let first: number | undefined
  let last = from
  doc.nodesBetween(from, to, (node, pos) => {
    if (!node.isText || !node.text) return
    const start = Math.max(from, pos)
    const words = node.text.slice(start - pos, to - pos)
    if (!words.trim()) return
    first ??= start + words.length - words.trimStart().length
    last = start + words.trimEnd().length
  })
  return first === undefined ? undefined : { from: first, to: last }
}

/** The words of a stretch, as a card shows them. */
export const wordsOf = (doc: Node, { from, to }: Range) => doc.textBetween(from, to, ' ', ' ')

/** What a comment would be about: the selected words, or without a selection those of the block at the caret. */
export function chosen({ doc, selection }: EditorState): Range | undefined {
  if (!selection.empty) return trimmed(doc, selection)
  const { $from } = selection
  return $from.parent.isTextblock ? trimmed(doc, { from: $from.start(), to: $from.end() }) : undefined
}

/** The only place where these words stand. Positions follow the text of each block, in which whatever is no text counts as one. */
export function findWords(doc: Node, words: string): Range | undefined {
  let text = ''
  const places: number[] = []
  const add = (piece: string, pos: number) => {
    for (let i = 0; i < piece.length; i++) places.push(pos + i)
    text += piece
  }
  doc.descendants((node, pos) => {
    if (node.isText) add(node.text ?? '', pos)
    else if (node.isLeaf) add(' ', pos)
    else if (node.isTextblock && text) add(' ', pos)
  })
  const at = text.indexOf(words)
  if (!words || at < 0 || text.indexOf(words, at + 1) >= 0) return undefined
  const from = places[at]
  const last = places[at + words.length - 1]
  return from === undefined || last === undefined ? undefined : { from, to: last + 1 }
}

/** For readers, who have no caret: Shift with an arrow selects one block after the other. */
function selectBlock(view: EditorView, by: 1 | -1): boolean {
  const { doc, selection } = view.state
  const blocks: Range[] = []
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return
    const block = trimmed(doc, { from: pos, to: pos + node.nodeSize })
    if (block) blocks.push(block)
  })
  const { from, to, empty } = selection
  const next = by > 0 ? blocks.find((b) => (empty ? b.to > from : b.from >= to)) : blocks.findLast((b) => b.to <= from)
  if (!next) return false
  view.dispatch(view.state.tr.setSelection(TextSelection.create(doc, next.from, next.to)).scrollIntoView())
  // ProseMirror leaves the selection of the page alone where one cannot write
  const [start, end] = [view.domAtPos(next.from, 1), view.domAtPos(next.to, -1)]
  document.getSelection()?.setBaseAndExtent(start.node, start.offset, end.node, end.offset)
  return true
}

/** Comments in the text: where they stand, in the text as it is here. */
export const Threads = Extension.create({
  name: 'threads',
  addStorage: () => ({ onPick: (_id: string) => {} }),
  addProseMirrorPlugins() {
    const { editor, storage } = this
    return [
      new Plugin<Anchors>({
        key,
        state: { init: () => none, apply: (tr, old) => apply(tr, old) },
        props: {
          decorations: (state) => key.getState(state)?.decorations,
          attributes: (): Record<string, string> =>
            editor.isEditable ? {} : { tabindex: '0', 'aria-readonly': 'true' },
          handleClick(view, pos, event) {
            if (event.button !== 0 || !view.state.selection.empty) return false
            const here = threadsAt(view.state, pos)
            const now = here.indexOf(anchorsOf(view.state).active ?? '')
            const id = here[(now + 1) % here.length]
            if (id) storage.onPick(id)
            return false
          },
          handleDOMEvents: {
            keydown(view, event) {
              const by = ({ ArrowDown: 1, ArrowUp: -1 } as const)[event.key]
              if (editor.isEditable || !by || !event.shiftKey || !selectBlock(view, by)) return false
              event.preventDefault()
              return true
            },
          },
        },
      }),
    ]
  },
})
