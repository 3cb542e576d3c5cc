import { canSplit, Fragment, type Mark, type Node, type Transform } from '../live/prosemirror'

/** Whether a mark is a suggestion. */
export const isSuggestion = (mark: Mark) => mark.type.name === 'insertion' || mark.type.name === 'deletion'

const isBy = (mark: Mark, name: string, person: string) => mark.type.name === name && mark.attrs.by === person

/** Inline content as it were without what one person suggests. */
function without(content: Fragment, person: string): Fragment {
  const kept: Node[] = []
  content.forEach((node) => {
    if (node.marks.some((m) => isBy(m, 'insertion', person))) return
    kept.push(node.mark(node.marks.filter((m) => !isBy(m, 'deletion', person))))
  })
  return Fragment.fromArray(kept)
}

/**
 * Whether two documents differ in nothing but the suggestions of one person: rejecting all of theirs gives the same. What
 * the documents share is not looked at, so a change costs what it touched.
 */
export function onlySuggests(before: Node, after: Node, person: string): boolean {
  if (before === after) return true
  if (!before.sameMarkup(after) || before.text !== after.text) return false
  if (before.inlineContent) return without(before.content, person).eq(without(after.content, person))
  if (before.childCount !== after.childCount) return false
  for (let i = 0; i < before.childCount; i++) if (!onlySuggests(before.child(i), after.child(i), person)) return false
  return true
}

const wrappers = new Set(['listItem', 'bulletList', 'orderedList', 'blockquote'])

/** Removes a block whose whole text was taken out, with the list or quote that held nothing else. */
function removeEmptied(tr: Transform, at: number): void {
  const $at = tr.doc.resolve(at)
  let [from, to] = [at, at + (tr.doc.nodeAt(at)?.nodeSize ?? 0)]
  let { depth } = $at
  while (depth > 0 && $at.node(depth).childCount === 1 && wrappers.has($at.node(depth).type.name)) {
    from = $at.before(depth)
    to = $at.after(depth)
    depth--
  }
  const index = $at.index(depth)
  if ($at.node(depth).canReplace(index, index + 1)) tr.delete(from, to)
}

/** A line break that was suggested becomes a paragraph or item of its own, where there can be one. */
function breakHere(tr: Transform, at: number, plain: Node): void {
  tr.delete(at, at + 1)
  const $at = tr.doc.resolve(at)
  const isItem = $at.depth > 1 && $at.node(-1).type.name === 'listItem'
  const depth = isItem && canSplit(tr.doc, at, 2) ? 2 : 1
  if ($at.parent.isTextblock && canSplit(tr.doc, at, depth)) tr.split(at, depth)
  else tr.insert(at, plain)
}

/**
 * Accepts or rejects the suggestions that `matches` takes. Nothing else changes. Goes through the document backwards, so
 * that positions stay true.
 */
export function resolve(tr: Transform, action: 'accept' | 'reject', matches: (mark: Mark) => boolean): void {
  const { doc } = tr
  const blocks: { node: Node; pos: number }[] = []
  doc.descendants((node, pos) => {
    if (!node.inlineContent) return true
    let has = false
    node.forEach((child) => {
      has ||= child.marks.some((m) => isSuggestion(m) && matches(m))
    })
    if (has) blocks.push({ node, pos })
    return false
  })
  const goes = action === 'accept' ? 'deletion' : 'insertion'
  for (const { node, pos } of blocks.reverse()) {
    const children: { child: Node; at: number }[] = []
    node.forEach((child, offset) => {
      children.push({ child, at: pos + 1 + offset })
    })
    let left = 0
    for (const { child, at } of children.reverse()) {
      const mine = child.marks.filter((m) => isSuggestion(m) && matches(m))
      if (mine.some((m) => m.type.name === goes)) {
        tr.delete(at, at + child.nodeSize)
        continue
      }
      left++
      if (mine.length === 0) continue
      for (const mark of mine) tr.removeMark(at, at + child.nodeSize, mark)
      if (action === 'accept' && child.type.name === 'hardBreak') {
        breakHere(tr, at, child.mark(child.marks.filter((m) => !mine.includes(m))))
      }
    }
    if (left === 0 && action === 'accept') removeEmptied(tr, pos)
  }
}
