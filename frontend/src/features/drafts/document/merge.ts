import { diffArrays } from 'diff'
import type { DocJson } from './transport'

interface Edit {
  /** Replaces base[from, to) */
  from: number
  to: number
  blocks: DocJson[]
}

const keyOf = (block: DocJson) => JSON.stringify(block)

export function isSame(a: DocJson, b: DocJson): boolean {
  return keyOf(a) === keyOf(b)
}

/** What was done to the blocks of base. */
function editsOf(base: DocJson[], next: DocJson[]): Edit[] {
  const edits: Edit[] = []
  let at = 0
  let nextAt = 0
  let open: Edit | undefined
  for (const change of diffArrays(base.map(keyOf), next.map(keyOf))) {
    const count = change.value.length
    if (change.added || change.removed) {
      if (!open) {
        open = { from: at, to: at, blocks: [] }
        edits.push(open)
      }
      if (change.added) {
        open.blocks.push(...next.slice(nextAt, nextAt + count))
        nextAt += count
      } else {
        at += count
        open.to = at
      }
    } else {
      at += count
      nextAt += count
      open = undefined
    }
  }
  return edits
}

/** Whether two edits change the same blocks; texts that were put in side by side, or at the same place, both stay. */
function collides(a: Edit, b: Edit): boolean {
  const isInside = (e: Edit, other: Edit) => e.from === e.to && other.from < e.from && e.from < other.to
  return Math.max(a.from, b.from) < Math.min(a.to, b.to) || isInside(a, b) || isInside(b, a)
}
/** From the top; what is put in at a place comes before a change of the block there, theirs before mine. */
const before = (a: Edit, b: Edit) => a.from < b.from || (a.from === b.from && (a.from === a.to || b.from !== b.to))

const isSameEdit = (a: Edit, b: Edit) =>
  a.from === b.from && a.to === b.to && a.blocks.map(keyOf).join() === b.blocks.map(keyOf).join()

interface Merged {
  doc: DocJson
  /** Whether both changed the same place; doc then has both texts there, theirs first. */
  hasOverlap: boolean
}

/** Joins two changes of one document, paragraph by paragraph. */
export function merge(base: DocJson, mine: DocJson, theirs: DocJson): Merged {
  const start = base.content ?? []
  const left = editsOf(start, theirs.content ?? [])
  const right = editsOf(start, mine.content ?? []).filter((edit) => !left.some((other) => isSameEdit(edit, other)))
  const blocks: DocJson[] = []
  let hasOverlap = false
  let at = 0
  while (left.length > 0 || right.length > 0) {
    // the next edit, with all that collide with it
    const isLeftNext = !right[0] || (left[0] && before(left[0], right[0]))
    const taken = { left: [] as Edit[], right: [] as Edit[] }
    const first = (isLeftNext ? left : right).shift() as Edit
    taken[isLeftNext ? 'left' : 'right'].push(first)
    let group: Edit = { ...first, blocks: [] }
    for (let grew = true; grew; ) {
      grew = false
      for (const [name, edits] of [
        ['left', left],
        ['right', right],
      ] as const) {
        const next = edits[0]
        if (!next || !collides(next, group)) continue
        taken[name].push(next)
        edits.shift()
        group = { ...group, from: Math.min(group.from, next.from), to: Math.max(group.to, next.to) }
        grew = true
      }
    }
    blocks.push(...start.slice(at, group.from))
    for (const name of ['left', 'right'] as const) {
      if (taken[name].length > 0) blocks.push(...applied(start, group, taken[name]))
    }
    hasOverlap ||= taken.left.length > 0 && taken.right.length > 0
    at = group.to
  }
  blocks.push(...start.slice(at))
  return { doc: { ...theirs, content: blocks }, hasOverlap }
}

/** One side's view of the blocks of base[group.from, group.to). */
function applied(base: DocJson[], group: Edit, edits: Edit[]): DocJson[] {
  const blocks: DocJson[] = []
  let at = group.from
  for (const edit of edits) {
    blocks.push(...base.slice(at, edit.from), ...edit.blocks)
    at = edit.to
  }
  blocks.push(...base.slice(at, group.to))
  return blocks
}

/** Both texts where they differ, theirs first; for documents without a common start. */
export function both(mine: DocJson, theirs: DocJson): DocJson {
  const blocks: DocJson[] = []
  let at = 0
  for (const edit of editsOf(theirs.content ?? [], mine.content ?? [])) {
    blocks.push(...(theirs.content ?? []).slice(at, edit.to), ...edit.blocks)
    at = edit.to
  }
  blocks.push(...(theirs.content ?? []).slice(at))
  return { ...theirs, content: blocks }
}
