import { Fragment, type MarkType, type Node } from '@tiptap/pm/model'
import { type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { Mapping, ReplaceStep, type Step } from '@tiptap/pm/transform'
import { isSuggestion, onlySuggests } from './rules'

/** Whose suggestion it is, which one, and since when. */
export interface Suggestion {
  id: string
  by: string
  at: string
}

/**
 * What of a change is no suggestion and so was left out: how words look or stand (bold, a heading, a list); blocks without
 * words; or the blocks that pasted words stood in, of which the words came in as lines.
 */
export type LeftOut = 'format' | 'blocks' | 'flat'

/** What comes from the server or only moves what is here: never turned into suggestions. */
export const isForeign = (tr: Transaction) =>
  tr.getMeta('addToHistory') === false || tr.getMeta('rebased') !== undefined

/** The inline content of a slice: what were blocks of their own is divided by line breaks. */
function inlineOf(content: Fragment, hardBreak: Node | undefined): Node[] {
  const found: Node[] = []
  let isFirst = true
  content.forEach((block) => {
    block.descendants((node, _, parent) => {
      if (!node.inlineContent) return true
      if (!isFirst && hardBreak && parent) found.push(hardBreak)
      isFirst = false
      node.forEach((child) => {
        found.push(child)
      })
      return false
    })
  })
  return found
}

function inlineSlice(step: ReplaceStep, state: EditorState): Node[] {
  const { content } = step.slice
  const hardBreak = state.schema.nodes.hardBreak?.create()
  const first = content.firstChild
  if (!first) return []
  if (first.isInline) return content.content.slice()
  // wrapped, so that a block at the top is one of many
  const blocks: Node[] = []
  content.forEach((node) => {
    blocks.push(node)
  })
  const parts: Node[][] = blocks.map((node) =>
    node.inlineContent ? node.content.content.slice() : inlineOf(Fragment.from(node), hardBreak),
  )
  return parts.flatMap((part, i) => (i > 0 && hardBreak ? [hardBreak, ...part] : part))
}

/** What of a step cannot be suggested. */
function leftOutOf(step: Step, isPaste: boolean): LeftOut | undefined {
  if (!(step instanceof ReplaceStep)) return 'format'
  let found: LeftOut | undefined
  step.slice.content.descendants((node) => {
    if (node.isBlock && (node.isLeaf || node.isAtom)) found = 'blocks'
    else if (isPaste && node.isBlock && node.type.name !== 'paragraph') found ??= 'flat'
    return node.isBlock
  })
  return found
}

const bare = (node: Node) => node.marks.filter((m) => !isSuggestion(m))

/** Marks a range as one that somebody suggests to take out; what they suggested to put in themselves is really gone. */
function takeOut(tr: Transaction, from: number, to: number, what: Suggestion): void {
  const deletion = tr.doc.type.schema.marks.deletion as MarkType
  const parts: { from: number; to: number; isOwn: boolean }[] = []
  tr.doc.nodesBetween(from, to, (node, pos, parent) => {
    if (!node.isInline) return true
    if (!parent?.type.allowsMarkType(deletion)) return false
    const isOwn = node.marks.some((m) => m.type.name === 'insertion' && m.attrs.by === what.by)
    if (!isOwn && node.marks.some((m) => m.type === deletion && m.attrs.by === what.by)) return false
    parts.push({ from: Math.max(from, pos), to: Math.min(to, pos + node.nodeSize), isOwn })
    return false
  })
  for (const part of parts.reverse()) {
    if (part.isOwn) tr.delete(part.from, part.to)
    else tr.addMark(part.from, part.to, deletion.create({ ...what }))
  }
}

/** Puts inline content in as a suggestion; gives where it ends. */
function putIn(tr: Transaction, at: number, nodes: Node[], what: Suggestion): number {
  const insertion = tr.doc.type.schema.marks.insertion as MarkType
  const { parent } = tr.doc.resolve(at)
  if (nodes.length === 0 || !parent.inlineContent || !parent.type.allowsMarkType(insertion)) return at
  const marked = Fragment.fromArray(nodes.map((n) => n.mark(insertion.create({ ...what }).addToSet(bare(n)))))
  const before = tr.doc.content.size
  tr.replaceWith(at, at, marked)
  return at + tr.doc.content.size - before
}

/**
 * The suggestion of this person that a change touches: it goes on with it. Asked of the change, not of the caret, which the
 * editor may still have where it was before the browser moved it.
 */
function running(tr: Transaction, person: string): Suggestion | undefined {
  const first = tr.steps.findIndex((step) => step instanceof ReplaceStep)
  const step = tr.steps[first]
  if (!(step instanceof ReplaceStep)) return undefined
  const doc = tr.docs[first]
  for (const $pos of [doc?.resolve(step.from), doc?.resolve(step.to)]) {
    for (const node of [$pos?.nodeBefore, $pos?.nodeAfter]) {
      const mark = node?.marks.find((m) => isSuggestion(m) && m.attrs.by === person)
      if (mark) return { ...(mark.attrs as Suggestion) }
    }
  }
  return undefined
}

/**
 * A change as a suggestion of one person: text that it would put in is marked, text that it would take out stays, marked.
 * What cannot be suggested (the kind of a block, its place, bold) is left out. A change that touches nothing but what the
 * person suggested before is left as it is, so it can be undone.
 */
export function asSuggestion(
  tr: Transaction,
  state: EditorState,
  person: string,
  now: Date,
  newId = () => crypto.randomUUID().slice(0, 13),
): Transaction {
  if (!tr.docChanged || isForeign(tr) || onlySuggests(tr.before, tr.doc, person)) return tr
  const what: Suggestion = running(tr, person) ?? {
    id: newId(),
    by: person,
    at: now.toISOString().slice(0, 19).concat('Z'),
  }
  const out = state.tr
  const { from: caret, empty } = state.selection
  let end: number | undefined
  const isPaste = Boolean(tr.getMeta('paste')) || tr.getMeta('uiEvent') === 'drop'
  let leftOut: LeftOut | undefined
  tr.steps.forEach((step, i) => {
    const left = leftOutOf(step, isPaste)
    if (left) leftOut ??= left
    if (!(step instanceof ReplaceStep)) return
    const back = new Mapping(tr.mapping.maps.slice(0, i)).invert()
    const from = back.map(step.from, -1)
    const to = back.map(step.to, 1)
    const nodes = inlineSlice(step, state)
    takeOut(out, out.mapping.map(from, -1), out.mapping.map(to, 1), what)
    const at = out.mapping.map(to, 1)
    // exactly there: after End the editor may still have the caret where it was, far before what Backspace takes
    const isForward = nodes.length === 0 && empty && caret === from
    end = nodes.length > 0 ? putIn(out, at, nodes, what) : isForward ? at : out.mapping.map(from, -1)
  })
  if (end !== undefined) {
    const $end = out.doc.resolve(Math.min(end, out.doc.content.size))
    out.setSelection(TextSelection.near($end, -1)).scrollIntoView()
  }
  if (leftOut) out.setMeta('leftOut', leftOut)
  if (tr.storedMarks) out.setStoredMarks(tr.storedMarks.filter((m) => !isSuggestion(m)))
  else if (state.storedMarks && !out.docChanged) out.setStoredMarks(state.storedMarks)
  return out
}
