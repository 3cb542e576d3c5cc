import { diffWordsWithSpace } from 'diff'
import type { DiffBlock, Part } from './diff'

const flat = (text: string) => text.replace(/\s+/g, ' ').trim()

/** The words of a text that came and went; how it is broken into lines does not count. */
export function wordChanges(before: string, after: string): Part[] {
  return diffWordsWithSpace(flat(before), flat(after)).map(({ value, added, removed }) => ({
    text: value,
    change: added ? 'added' : removed ? 'removed' : 'same',
  }))
}

/** What changed, with some words around it; what lies between is left out. */
export function excerpts(parts: Part[], around = 6): Part[] {
  return parts.map((part, i) => {
    if (part.change !== 'same') return part
    const words = part.text.split(/(?<=\s)/)
    const head = i === 0 ? 0 : around
    const tail = i === parts.length - 1 ? 0 : around
    if (words.length <= head + tail + 2) return part
    const text = `${words.slice(0, head).join('')}… ${tail > 0 ? words.slice(-tail).join('') : ''}`
    return { ...part, text }
  })
}

/** The blocks that changed, with one before and after; null where some are left out. */
export function onlyChanged(blocks: DiffBlock[]): (DiffBlock | null)[] {
  const near = blocks.map((_, i) => blocks.slice(Math.max(0, i - 1), i + 2).some((b) => b.change !== 'same'))
  return blocks.flatMap((block, i) => {
    if (near[i]) return [block]
    return i === 0 || near[i - 1] ? [null] : []
  })
}
