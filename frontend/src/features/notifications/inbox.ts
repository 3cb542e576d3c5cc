import type { Notification } from '@/shared/api/generated/types.gen'

/** Everything that is told of one thing, newest first. */
export interface InboxGroup {
  key: string
  type: string
  id: string
  title: string
  /** The most pressing of the reasons. */
  reason: Notification['reason']
  items: Notification[]
  isUnread: boolean
  /** Comments in a text, when that is what presses. */
  thread?: string
}

/** The comments in a text that a line is about, if so. */
export function threadOf({ data }: Notification): string | undefined {
  const id = typeof data === 'object' && data !== null && 'thread_id' in data ? data.thread_id : undefined
  return typeof id === 'string' ? id : undefined
}

const urgency: Notification['reason'][] = [
  'approval',
  'offered',
  'mention',
  'reply',
  'assigned',
  'shared',
  'searched',
  'saved',
  'follow',
]

/** Groups an inbox, newest first, by thing; a group stands where its newest line stood. */
export function groupInbox(items: Notification[]): InboxGroup[] {
  const groups = new Map<string, InboxGroup>()
  for (const item of items) {
    const key = `${item.object_type} ${item.object_id}`
    const group = groups.get(key)
    if (!group) {
      groups.set(key, {
        key,
        type: item.object_type,
        id: item.object_id,
        title: item.title,
        reason: item.reason,
        items: [item],
        isUnread: !item.read_at,
      })
      continue
    }
    group.items.push(item)
    group.isUnread ||= !item.read_at
  }
  for (const group of groups.values()) {
    // what was read does not press any more
    const open = group.items.filter((i) => !i.read_at)
    const now = open.length > 0 ? open : group.items
    group.reason = urgency.find((reason) => now.some((i) => i.reason === reason)) ?? group.reason
    const pressing = now.find((i) => i.reason === group.reason)
    group.thread = pressing && threadOf(pressing)
  }
  return [...groups.values()]
}

/** Whether the reader keeps the thing and is asked, and has not answered yet, whether it is still right. */
export function asksForReview(group: InboxGroup): boolean {
  return group.items.some((i) => !i.read_at && i.reason === 'assigned' && i.verb.startsWith('resource.review_'))
}

/** The saved views of which the lines tell, each once: whoever has enough of one stops it here. */
export function viewsOf(group: InboxGroup): { id: string; name: string }[] {
  const views = new Map<string, string>()
  for (const { verb, data } of group.items) {
    if (verb !== 'view.fits' || typeof data !== 'object' || data === null) continue
    const { view_id, name } = data as { view_id?: string; name?: string }
    if (view_id) views.set(view_id, name ?? '')
  }
  return [...views].map(([id, name]) => ({ id, name }))
}
