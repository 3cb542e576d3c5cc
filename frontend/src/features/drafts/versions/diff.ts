import { diffArrays, diffWordsWithSpace } from 'diff'
import type { DocJson } from '../document/transport'

/** A paragraph, heading or the like, in its place. */
export interface Block {
  kind: 'paragraph' | 'heading1' | 'heading2' | 'heading3' | 'code' | 'rule'
  /** How many lists and quotations it stands in. */
  depth: number
  isItem: boolean
  text: string
}

export interface Part {
  text: string
  change: 'same' | 'added' | 'removed'
}

export interface DiffBlock extends Omit<Block, 'text'> {
  change: 'same' | 'added' | 'removed' | 'changed'
  parts: Part[]
}

function textOf(node: DocJson): string {
  if (node.type === 'hardBreak') return '\n'
  return (node.text ?? '') + (node.content ?? []).map(textOf).join('')
}

/** The blocks of a document in reading order. */
export function blocksOf(node: DocJson, depth = 0, isItem = false): Block[] {
  switch (node.type) {
    case 'paragraph':
      return [{ kind: 'paragraph', depth, isItem, text: textOf(node) }]
    case 'heading':
      return [{ kind: `heading${Number(node.attrs?.level ?? 1) as 1 | 2 | 3}`, depth, isItem, text: textOf(node) }]
    case 'codeBlock':
      return [{ kind: 'code', depth, isItem, text: textOf(node) }]
    case 'horizontalRule':
      return [{ kind: 'rule', depth, isItem, text: '' }]
  }
  const isDeeper = node.type === 'bulletList' || node.type === 'orderedList' || node.type === 'blockquote'
  const children = node.content ?? []
  return children.flatMap((child, i) =>
    blocksOf(child, depth + (isDeeper ? 1 : 0), node.type === 'listItem' ? i === 0 : isItem && !isDeeper),
  )
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

const whole = (block: Block, change: 'same' | 'added' | 'removed'): DiffBlock => {
  const { text, ...rest } = block
  return { ...rest, change, parts: [{ text, change }] }
}

function changed(before: Block, after: Block): DiffBlock {
  const parts = diffWordsWithSpace(before.text, after.text).map(({ value, added, removed }): Part => {
    if (added) return { text: value, change: 'added' }
    return { text: value, change: removed ? 'removed' : 'same' }
  })
  const { text: _, ...rest } = after
  return { ...rest, change: 'changed', parts }
}

/** Pairs what went with what came, where they are the same passage in other words. */
function paired(removed: Block[], added: Block[]): DiffBlock[] {
  const out: DiffBlock[] = []
  let next = 0
  for (const after of added) {
    const found = removed.findIndex((before, i) => i >= next && likeness(before.text, after.text) >= 0.4)
    if (found < 0) {
      out.push(whole(after, 'added'))
      continue
    }
    for (const before of removed.slice(next, found)) out.push(whole(before, 'removed'))
    out.push(changed(removed[found] as Block, after))
    next = found + 1
  }
  for (const before of removed.slice(next)) out.push(whole(before, 'removed'))
  return out
}

/** What changed from one document to another, word by word. Formatting is left out. */
export function diffDocs(before: DocJson, after: DocJson): DiffBlock[] {
  const old = blocksOf(before)
  const now = blocksOf(after)
  const out: DiffBlock[] = []
  let oldAt = 0
  let nowAt = 0
  let removed: Block[] = []
  let added: Block[] = []
  const settle = () => {
    out.push(...paired(removed, added))
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
