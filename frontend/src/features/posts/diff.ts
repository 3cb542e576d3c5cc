import { diffWordsWithSpace } from 'diff'

export interface Part {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** The words of a text that are new, and those that went; neighbours that changed are one change. */
export function changesOf(before: string, after: string): Part[] {
  const parts: Part[] = []
  let removed = ''
  let added = ''
  let space = '' // between two changes: part of both, if another change follows
  const flush = () => {
    if (removed) parts.push({ kind: 'removed', text: removed })
    if (added) parts.push({ kind: 'added', text: added })
    if (space) parts.push({ kind: 'same', text: space })
    removed = added = space = ''
  }
  for (const change of diffWordsWithSpace(before, after)) {
    if (!change.added && !change.removed) {
      if (removed && added && /^ +$/.test(change.value)) space = change.value
      else {
        flush()
        parts.push({ kind: 'same', text: change.value })
      }
      continue
    }
    removed += space
    added += space
    space = ''
    if (change.added) added += change.value
    else removed += change.value
  }
  flush()
  return parts
}

/** Cuts a text where the given sentences stand in it, so that they can be marked. */
export function markSentences(text: string, sentences: string[]): { text: string; isMarked: boolean }[] {
  const spans = sentences
    .map((s) => ({ from: text.indexOf(s), to: text.indexOf(s) + s.length }))
    .filter(({ from, to }) => from >= 0 && to > from)
    .sort((a, b) => a.from - b.from)
  const parts: { text: string; isMarked: boolean }[] = []
  let at = 0
  for (const { from, to } of spans) {
    if (to <= at) continue
    const start = Math.max(from, at)
    if (start > at) parts.push({ text: text.slice(at, start), isMarked: false })
    parts.push({ text: text.slice(start, to), isMarked: true })
    at = to
  }
  if (at < text.length) parts.push({ text: text.slice(at), isMarked: false })
  return parts
}
