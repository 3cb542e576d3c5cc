import { diffArrays, diffWordsWithSpace } from 'diff'
import { type Blame, byWriters, nobody, sizeOf } from './blame'
import type { DocJson } from './doc'

/** A paragraph, heading or the like, in its place. */
export interface Block {
  kind: 'paragraph' | 'heading1' | 'heading2' | 'heading3' | 'code' | 'rule' | 'object'
  /** How many lists and quotations it stands in. */
  depth: number
  isItem: boolean
  text: string
  /** ProseMirror position at which its text begins. */
  at: number
}

export interface Part {
  text: string
  change: 'same' | 'added' | 'removed'
  /** Id of who wrote or removed it, where that is known. */
  by?: string
}

export interface DiffBlock extends Omit<Block, 'text' | 'at'> {
  change: 'same' | 'added' | 'removed' | 'changed'
  parts: Part[]
}

function textOf(node: DocJson): string {
  if (node.type === 'hardBreak') return '\n'
  if (node.text === undefined && !node.content && sizeOf(node) === 1) return '\ufffc' // something in the line, one position long
  return (node.text ?? '') + (node.content ?? []).map(textOf).join('')
}

/** What stands for something that is no text, e.g. a picture. */
function nameOf({ type, attrs }: DocJson): string {
  const words = attrs?.alt ?? attrs?.name ?? attrs?.title
  return typeof words === 'string' && words ? words : type
}

/** The blocks of a document in reading order; `at` is the position of the node, -1 for the document itself. */
export function blocksOf(node: DocJson, depth = 0, isItem = false, at = -1): Block[] {
  const block = (kind: Block['kind'], text = textOf(node)) => [{ kind, depth, isItem, text, at: at + 1 }]
  switch (node.type) {
    case 'paragraph':
      return block('paragraph')
    case 'heading':
      return block(`heading${Number(node.attrs?.level ?? 1) as 1 | 2 | 3}`)
    case 'codeBlock':
      return block('code')
    case 'horizontalRule':
      return block('rule', '')
  }
  if (node.type !== 'doc' && !node.content && sizeOf(node) === 1) return block('object', nameOf(node))
  const isDeeper = node.type === 'bulletList' || node.type === 'orderedList' || node.type === 'blockquote'
  let next = at + 1
  return (node.content ?? []).flatMap((child, i) => {
    const start = next
    next += sizeOf(child)
    return blocksOf(child, depth + (isDeeper ? 1 : 0), node.type === 'listItem' ? i === 0 : isItem && !isDeeper, start)
  })
}

const keyOf = ({ kind, depth, isItem, text }: Block) => `${kind} ${depth} ${isItem} ${text}`

/** Share of words that two texts have in common. */
function likeness(a: string, b: string): number {
  const words = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
  const left = words(a)
  const right = words(b)
  if (left.size === 0 || right.size === 0) return 0
  let common = 0
  for (const word of left) if (right.has(word)) common++
  return common / Math.max(left.size, right.size)
}

function whole(block: Block, change: 'same' | 'added' | 'removed', blame: Blame = nobody): DiffBlock {
  const { text, at, ...rest } = block
  if (change === 'same' || !text) return { ...rest, change, parts: [{ text, change }] }
  return { ...rest, change, parts: byWriters({ text, change }, at, blame) }
}

function changed(before: Block, after: Block, blame: Blame): DiffBlock {
  let was = before.at
  let is = after.at
  const parts = diffWordsWithSpace(before.text, after.text).flatMap(({ value, added, removed }): Part[] => {
    const at = removed ? was : is
    if (!added) was += value.length
    if (!removed) is += value.length
    if (!added && !removed) return [{ text: value, change: 'same' }]
    return byWriters({ text: value, change: added ? 'added' : 'removed' }, at, blame)
  })
  const { text: _, at: __, ...rest } = after
  return { ...rest, change: 'changed', parts }
}

/** Pairs what went with what came, where they are the same passage in other words. */
function paired(removed: Block[], added: Block[], blame: Blame): DiffBlock[] {
  const out: DiffBlock[] = []
  let next = 0
  for (const after of added) {
    const found = removed.findIndex((before, i) => i >= next && likeness(before.text, after.text) >= 0.4)
    if (found < 0) {
      out.push(whole(after, 'added', blame))
      continue
    }
    for (const before of removed.slice(next, found)) out.push(whole(before, 'removed', blame))
    out.push(changed(removed[found] as Block, after, blame))
    next = found + 1
  }
  for (const before of removed.slice(next)) out.push(whole(before, 'removed', blame))
  return out
}

/** What changed from one document to another, word by word. Formatting is left out. */
export function diffDocs(before: DocJson, after: DocJson, blame: Blame = nobody): DiffBlock[] {
  const old = blocksOf(before)
  const now = blocksOf(after)
  const out: DiffBlock[] = []
  let oldAt = 0
  let nowAt = 0
  let removed: Block[] = []
  let added: Block[] = []
  const settle = () => {
    out.push(...paired(removed, added, blame))
    removed = []
    added = []
  }
  for (const { value, added: isAdded, removed: isRemoved } of diffArrays(old.map(keyOf), now.map(keyOf))) {
    const count = value.length
    if (isRemoved) {
      removed.push(...old.slice(oldAt, oldAt + count))
      oldAt += count
    } else if (isAdded) {
      added.push(...now.slice(nowAt, nowAt + count))
      nowAt += count
    } else {
      settle()
      out.push(...now.slice(nowAt, nowAt + count).map((block) => whole(block, 'same')))
      oldAt += count
      nowAt += count
    }
  }
  settle()
  return out
}

/** How many words came and went. */
export function countWords(blocks: DiffBlock[]): { added: number; removed: number } {
  const count = (change: Part['change']) =>
    blocks
      .flatMap((b) => b.parts)
      .reduce((n, p) => n + (p.change === change ? (p.text.match(/\S+/g)?.length ?? 0) : 0), 0)
  return { added: count('added'), removed: count('removed') }
}
