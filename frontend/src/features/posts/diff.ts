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
