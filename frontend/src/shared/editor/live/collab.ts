import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from '@tiptap/pm/state'
import type { Mapping, Step } from '@tiptap/pm/transform'

/**
 * Steps that are not confirmed, and how they follow what others do. It is prosemirror-collab's rebasing, for an authority
 * that may rebase a late batch itself.
 */
export interface Unconfirmed {
  step: Step
  inverted: Step
  /** Its place in the batch that it was sent with; -1 before that. */
  index: number
}

export interface InFlight {
  batch: number
  /** How many of the unconfirmed steps, the first ones, belong to it. */
  count: number
}

interface CollabState {
  version: number
  unconfirmed: readonly Unconfirmed[]
  inFlight: InFlight | null
}

/** What a client sends: steps on top of a version, and the place of each in the batch as first sent. */
export interface Push {
  version: number
  batch: number
  steps: Step[]
  indexes: number[]
}

/** A transaction that takes what the server says, and the steps that found no place. */
export interface Received {
  tr: Transaction
  dropped: readonly Unconfirmed[]
}

const key = new PluginKey<CollabState>('live')

/** The most steps of one batch: the authority rebases short ones only. */
export const maxBatch = 200

export function collab(start: { version: number; unconfirmed?: readonly Unconfirmed[]; inFlight?: InFlight | null }) {
  return new Plugin<CollabState>({
    key,
    state: {
      init: () => ({ version: start.version, unconfirmed: start.unconfirmed ?? [], inFlight: start.inFlight ?? null }),
      apply(tr, state) {
        const next = tr.getMeta(key) as CollabState | undefined
        if (next) return next
        if (!tr.docChanged) return state
        const added = tr.steps.map((step, i) => ({ step, inverted: step.invert(tr.docs[i] ?? tr.before), index: -1 }))
        return { ...state, unconfirmed: [...state.unconfirmed, ...added] }
      },
    },
    // prosemirror-history looks for this: it keeps what it needs to undo across a rebase
    ...({ historyPreserveItems: true } as object),
  })
}

function of(state: EditorState): CollabState {
  const found = key.getState(state)
  if (!found) throw new Error('the live plugin is missing')
  return found
}

export const versionOf = (state: EditorState) => of(state).version
export const unconfirmedOf = (state: EditorState) => of(state).unconfirmed
export const inFlightOf = (state: EditorState) => of(state).inFlight

const push = (state: CollabState, flight: InFlight): Push => {
  const sent = state.unconfirmed.slice(0, flight.count)
  return {
    version: state.version,
    batch: flight.batch,
    steps: sent.map((u) => u.step),
    indexes: sent.map((u) => u.index),
  }
}

/** Whether a change came from the connection, not from somebody who typed here. */
export const isReceived = (tr: Transaction) => tr.getMeta(key) !== undefined

/** Begins anew: this document, and what is unconfirmed on top of it (it is in the document already). */
export function begin(
  state: EditorState,
  doc: Node,
  at: { version: number; unconfirmed?: readonly Unconfirmed[]; inFlight?: InFlight | null },
): Transaction {
  const next: CollabState = { version: at.version, unconfirmed: at.unconfirmed ?? [], inFlight: at.inFlight ?? null }
  return state.tr.replaceWith(0, state.doc.content.size, doc.content).setMeta(key, next).setMeta('addToHistory', false)
}

/** Begins a batch with what is unconfirmed; null when there is nothing or one is on its way. */
export function take(state: EditorState, batch: number): { tr: Transaction; push: Push } | null {
  const now = of(state)
  if (now.inFlight || now.unconfirmed.length === 0) return null
  const count = Math.min(now.unconfirmed.length, maxBatch)
  const unconfirmed = now.unconfirmed.map((u, i) => (i < count ? { ...u, index: i } : u))
  const next: CollabState = { version: now.version, unconfirmed, inFlight: { batch, count } }
  return { tr: state.tr.setMeta(key, next).setMeta('addToHistory', false), push: push(next, { batch, count }) }
}

/** What is on its way, to send it again: rebased since, under the same number. */
export function retake(state: EditorState): Push | null {
  const now = of(state)
  return now.inFlight && push(now, now.inFlight)
}

/** Takes steps that others committed: unconfirmed ones are undone, theirs applied, ours put on top. */
export function rebase(state: EditorState, steps: readonly Step[]): Received {
  const now = of(state)
  const { tr } = state
  const total = now.unconfirmed.length
  undo(tr, now.unconfirmed)
  for (const step of steps) tr.step(step)
  const kept: Unconfirmed[] = []
  const dropped: Unconfirmed[] = []
  let count = now.inFlight?.count ?? 0
  for (const [i, u] of now.unconfirmed.entries()) {
    const again = redo(tr, u, total - i)
    if (again) kept.push(again)
    else {
      dropped.push(u)
      if (now.inFlight && i < now.inFlight.count) count--
    }
  }
  const next: CollabState = {
    version: now.version + steps.length,
    unconfirmed: kept,
    inFlight: now.inFlight && { batch: now.inFlight.batch, count },
  }
  return { tr: finish(state, tr, next, total), dropped }
}

/** Takes our own batch back as the authority committed it; kept is the place in the batch of each step. */
export function confirm(state: EditorState, steps: readonly Step[], kept: readonly number[]): Received {
  const now = of(state)
  const count = now.inFlight?.count ?? 0
  const total = now.unconfirmed.length
  const sent = now.unconfirmed.slice(0, count)
  const version = now.version + steps.length
  if (sent.length === steps.length && sent.every((u, i) => u.index === kept[i] && same(u.step, steps[i]))) {
    const next: CollabState = { version, unconfirmed: now.unconfirmed.slice(count), inFlight: null }
    return { tr: state.tr.setMeta(key, next).setMeta('addToHistory', false), dropped: [] }
  }
  const { tr } = state
  undo(tr, now.unconfirmed)
  for (const [i, step] of steps.entries()) {
    tr.step(step)
    const ours = sent.findIndex((u) => u.index === kept[i])
    if (ours >= 0) mirror(tr.mapping, total - 1 - ours, tr.steps.length - 1)
  }
  const dropped = sent.filter((u) => !kept.includes(u.index))
  const unconfirmed: Unconfirmed[] = []
  for (const [i, u] of now.unconfirmed.entries()) {
    if (i < count) continue
    const again = redo(tr, u, total - i)
    if (again) unconfirmed.push(again)
    else dropped.push(u)
  }
  return { tr: finish(state, tr, { version, unconfirmed, inFlight: null }, total), dropped }
}

/** Gives up everything unconfirmed, after the server refused it: the document as the server has it. */
export function abandon(state: EditorState): Received {
  const now = of(state)
  const { tr } = state
  undo(tr, now.unconfirmed)
  const next: CollabState = { version: now.version, unconfirmed: [], inFlight: null }
  return { tr: finish(state, tr, next, now.unconfirmed.length), dropped: now.unconfirmed }
}

const same = (a: Step, b: Step | undefined) =>
  b !== undefined && JSON.stringify(a.toJSON()) === JSON.stringify(b.toJSON())

function undo(tr: Transaction, unconfirmed: readonly Unconfirmed[]) {
  for (let i = unconfirmed.length - 1; i >= 0; i--) tr.step((unconfirmed[i] as Unconfirmed).inverted)
}

/** Puts a step on top again; it was the one of which back steps of the transaction undo it and those after it. */
function redo(tr: Transaction, u: Unconfirmed, back: number): Unconfirmed | null {
  const step = u.step.map(tr.mapping.slice(back))
  if (!step || tr.maybeStep(step).failed) return null
  mirror(tr.mapping, back - 1, tr.steps.length - 1)
  return { step, inverted: step.invert(tr.docs[tr.docs.length - 1] ?? tr.before), index: u.index }
}

/** Tells the mapping that one of its maps undoes another, so that positions come through both unharmed. */
function mirror(mapping: Mapping, a: number, b: number) {
  ;(mapping as Mapping & { setMirror(a: number, b: number): void }).setMirror(a, b)
}

function finish(state: EditorState, tr: Transaction, next: CollabState, rebased: number): Transaction {
  if (state.selection instanceof TextSelection) {
    const at = (pos: number) => tr.doc.resolve(tr.mapping.map(pos, -1))
    tr.setSelection(TextSelection.between(at(state.selection.anchor), at(state.selection.head), -1))
    // a selection that only followed the text is none that the user made
    const flags = tr as unknown as { updated: number }
    flags.updated &= ~1
  }
  return tr.setMeta('rebased', rebased).setMeta('addToHistory', false).setMeta(key, next)
}
