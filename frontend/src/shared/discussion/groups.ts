import type { PersonRef, TimelineItem } from '@/shared/api/generated/types.gen'

/** Items that are told in one line: votes that came one after another, edits of one person. */
export interface Group {
  item: TimelineItem
  people: PersonRef[]
}

function together(a: TimelineItem, b: TimelineItem): boolean {
  if (a.verb !== b.verb) return false
  if (a.verb === 'idea.voted') return true
  return a.verb.endsWith('.updated') && a.actor?.id === b.actor?.id && JSON.stringify(a.data) === JSON.stringify(b.data)
}

/** Joins neighbours, newest first; a group bears the time of its newest item. */
export function groupsOf(items: TimelineItem[]): Group[] {
  const groups: Group[] = []
  for (const item of items) {
    const last = groups.at(-1)
    if (!last || !together(last.item, item)) {
      groups.push({ item, people: item.actor ? [item.actor] : [] })
    } else if (item.actor && !last.people.some((p) => p.id === item.actor?.id)) {
      last.people.push(item.actor)
    }
  }
  return groups
}
