/** The text as the server gives it: every node says where it begins in the whole document. */
export interface Placed {
  type: string
  pos: number
  attrs?: Record<string, unknown>
  content?: Placed[]
  text?: string
  marks?: { type: string; attrs?: Record<string, unknown> }[]
}

/** A stretch of the text that somebody marked. */
export interface Place {
  from: number
  to: number
  quote: string
}

export interface Highlight {
  id: string
  from: number
  to: number
}

export interface Segment {
  pos: number
  text: string
  /** The highlights that it stands in, innermost last. */
  ids: string[]
}

/** Cuts a piece of text where highlights begin and end. */
export function segmentsOf(text: string, pos: number, highlights: Highlight[]): Segment[] {
  const end = pos + text.length
  const here = highlights.filter((h) => h.from < end && h.to > pos)
  if (here.length === 0) return [{ pos, text, ids: [] }]
  const cuts = new Set([pos, end])
  for (const h of here) for (const at of [h.from, h.to]) if (at > pos && at < end) cuts.add(at)
  const at = [...cuts].toSorted((a, b) => a - b)
  return at.slice(0, -1).map((from, i) => ({
    pos: from,
    text: text.slice(from - pos, (at[i + 1] ?? end) - pos),
    ids: here
      .filter((h) => h.from <= from && h.to > from)
      .toSorted((a, b) => b.to - b.from - (a.to - a.from))
      .map((h) => h.id),
  }))
}

/** The texts below a node, in order. */
export function textsOf(node: Placed): Placed[] {
  return node.type === 'text' ? [node] : (node.content ?? []).flatMap(textsOf)
}

/** All of a block as a place; nothing when it has no words. */
export function placeOfBlock(node: Placed): Place | undefined {
  const texts = textsOf(node)
  return placeOf(texts.map((t) => ({ from: t.pos, text: t.text ?? '' })))
}

function placeOf(pieces: { from: number; text: string }[]): Place | undefined {
  const first = pieces[0]
  const last = pieces.at(-1)
  const quote = pieces.map((p) => p.text).join('')
  if (!first || !last || !quote.trim()) return undefined
  return { from: first.from, to: last.from + last.text.length, quote }
}

interface Piece {
  node: Text
  pos: number
}

function piecesOf(root: Element): Piece[] {
  return [...root.querySelectorAll<HTMLElement>('[data-pos]')].flatMap((element) =>
    element.firstChild instanceof Text ? [{ node: element.firstChild, pos: Number(element.dataset.pos) }] : [],
  )
}

/** What of the text a selection of the browser covers. */
export function placeOfRange(root: Element, range: Range): Place | undefined {
  return placeOf(
    piecesOf(root).flatMap(({ node, pos }) => {
      if (!range.intersectsNode(node)) return []
      const start = node === range.startContainer ? range.startOffset : 0
      const end = node === range.endContainer ? range.endOffset : node.data.length
      return start < end ? [{ from: pos + start, text: node.data.slice(start, end) }] : []
    }),
  )
}

/** The sentence around a place in a block: its first and last letter, counted from the block's first. */
export function sentenceAround(text: string, at: number): [number, number] {
  if (typeof Intl.Segmenter !== 'function') return [0, text.length]
  const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' })
  const found = sentences.segment(text).containing(Math.min(at, Math.max(0, text.length - 1)))
  if (!found) return [0, text.length]
  return [found.index, found.index + found.segment.trimEnd().length]
}

function caretAt(x: number, y: number): { node: Node; offset: number } | undefined {
  const found = document.caretPositionFromPoint?.(x, y)
  if (found) return { node: found.offsetNode, offset: found.offset }
  // Safari before 18.4
  const range = document.caretRangeFromPoint?.(x, y)
  return range ? { node: range.startContainer, offset: range.startOffset } : undefined
}

/** The sentence under a finger. */
export function placeOfSentence(root: Element, x: number, y: number): Place | undefined {
  const caret = caretAt(x, y)
  const block = caret?.node.parentElement?.closest('[data-block]')
  if (!caret || !block || !root.contains(block)) return undefined
  const pieces = piecesOf(block)
  let at = 0
  for (const { node } of pieces) {
    if (node === caret.node) break
    at += node.data.length
  }
  const [start, end] = sentenceAround(pieces.map((p) => p.node.data).join(''), at + caret.offset)
  let before = 0
  return placeOf(
    pieces.flatMap(({ node, pos }) => {
      const from = Math.max(0, start - before)
      const to = Math.min(node.data.length, end - before)
      before += node.data.length
      return from < to ? [{ from: pos + from, text: node.data.slice(from, to) }] : []
    }),
  )
}
