import type { Node } from '@tiptap/pm/model'
import { isSuggestion } from './rules'

/** One suggestion as people see it: all that one person put in and took out with one id. */
export interface Found {
  key: string
  by: string
  at: string
  from: number
  to: number
  inserted: string
  deleted: string
}

export const keyOf = (attrs: Record<string, unknown>) => `${attrs.by} ${attrs.id}`

/** The suggestions of a document, in its order. */
export function suggestionsIn(doc: Node): Found[] {
  const found = new Map<string, Found>()
  doc.descendants((node, pos) => {
    if (!node.isInline) return true
    for (const mark of node.marks) {
      if (!isSuggestion(mark)) continue
      const key = keyOf(mark.attrs)
      const one = found.get(key) ?? {
        key,
        by: String(mark.attrs.by),
        at: String(mark.attrs.at),
        from: pos,
        to: pos,
        inserted: '',
        deleted: '',
      }
      const words = node.isText ? (node.text ?? '') : node.type.name === 'hardBreak' ? '\n' : '□'
      one[mark.type.name === 'insertion' ? 'inserted' : 'deleted'] += words
      one.to = pos + node.nodeSize
      found.set(key, one)
    }
    return false
  })
  return [...found.values()]
}
