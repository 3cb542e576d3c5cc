import type { Part } from './diff'
import type { DocJson } from './doc'

/** A part of a document and who made it what it is. */
export interface Span {
  from: number
  to: number
  user_id: string
}

/** Who wrote which parts of the later text, and who removed which of the earlier one. */
export interface Blame {
  inserted: Span[]
  removed: Span[]
}

export const nobody: Blame = { inserted: [], removed: [] }

/** Nodes that hold other nodes, and so take two positions when they are empty. Everything else without content takes one. */
const holders = new Set([
  'doc',
  'paragraph',
  'heading',
  'codeBlock',
  'blockquote',
  'bulletList',
  'orderedList',
  'listItem',
  'taskList',
  'taskItem',
  'table',
  'tableRow',
  'tableCell',
  'tableHeader',
  'figure',
  'caption',
])

/** How many ProseMirror positions a node takes. */
export function sizeOf(node: DocJson): number {
  if (node.text !== undefined) return node.text.length
  if (!node.content && !holders.has(node.type)) return 1
  return 2 + (node.content ?? []).reduce((sum, child) => sum + sizeOf(child), 0)
}

/**
 * A part of a text that begins at a position, cut where another person begins. What a comparison calls new and the log does
 * not (a full stop that was there before, after another sentence) goes with what stands beside it.
 */
export function byWriters(part: Part, at: number, { inserted, removed }: Blame): Part[] {
  const end = at + part.text.length
  const spans = (part.change === 'added' ? inserted : removed).filter((span) => span.from < end && span.to > at)
  const out: Part[] = []
  let from = at
  spans.forEach((span, i) => {
    const next = spans[i + 1]
    if (next && next.user_id === span.user_id) return
    const until = next ? Math.max(Math.min(next.from, end), from) : end
    if (until > from) out.push({ ...part, text: part.text.slice(from - at, until - at), by: span.user_id })
    from = until
  })
  return out.length > 0 ? out : [part]
}
