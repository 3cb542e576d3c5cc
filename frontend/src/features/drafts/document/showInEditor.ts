import type { Editor } from '@tiptap/core'
import type { DocJson } from './transport'

const mark = 'byline-shown'

interface WithMeta {
  getMeta: (key: string) => unknown
}

/** Whether a change came from outside, not from somebody who typed here. */
export function wasShown(transaction: WithMeta): boolean {
  return transaction.getMeta(mark) === true
}

/** Replaces only what differs, so that the caret stays where it is in the rest, and undo does not take it back. */
export function showInEditor(editor: Editor, doc: DocJson): void {
  const { state, schema, view } = editor
  const next = schema.nodeFromJSON(doc)
  const from = state.doc.content.findDiffStart(next.content)
  const ends = state.doc.content.findDiffEnd(next.content)
  if (from === null || !ends) return
  // a repeated passage lets both ends run past the start
  const overlap = Math.max(0, from - Math.min(ends.a, ends.b))
  const transaction = state.tr.replace(from, ends.a + overlap, next.slice(from, ends.b + overlap))
  view.dispatch(transaction.setMeta(mark, true).setMeta('addToHistory', false))
}
