import './i18n'
import type { TFunction } from 'i18next'
import type { PersonRef } from '@/shared/api/generated/types.gen'
import { i18n } from '@/shared/i18n'
import { isDay } from '@/shared/lib/days'
import { formatDate } from '@/shared/lib/format'

/** What timelines and notifications have in common. */
export interface Happening {
  verb: string
  actor?: PersonRef
  data: unknown
}

/** Stands in a sentence where the people go, whatever the word order of the language. */
export const whoMark = '\u0001'

interface Facts {
  from?: string
  to?: string
  reason?: string
  excerpt?: string
  title?: string
  into_title?: string
  kind?: string
  name?: string
  network?: string
  side?: string
  version?: number
  days?: number
  seal_lost?: boolean
  lens?: string
  quote?: string
  /** Who did it, when they are nobody of ours. */
  outside?: string
  organisation?: string
  label?: string
}

export function factsOf(data: unknown): Facts {
  return typeof data === 'object' && data !== null ? (data as Facts) : {}
}

/** Moves that people have better words for than "moved from … to …". */
const moves: Record<string, Record<string, string>> = {
  idea: { declined: 'declined', published: 'published' },
  draft: {
    'brief>writing': 'started',
    'in_review>writing': 'returned',
    'approved>writing': 'reopened',
    in_review: 'submitted',
    approved: 'approved',
    published: 'published',
  },
  post: { declined: 'declined', recalled: 'recalled', expired: 'expired' },
}

/** Key of the sentence below "verb", or "other" for a verb that nobody has told us of. */
export function keyOf({ verb, data }: Happening): string {
  const [object = '', done = ''] = verb.split('.')
  const { from, to, seal_lost, lens, days } = factsOf(data)
  if (done === 'commented' || done === 'file_read') return done
  let word = done
  if (done === 'moved') word = moves[object]?.[`${from}>${to}`] ?? moves[object]?.[to ?? ''] ?? done
  if (verb === 'post.updated' && seal_lost) word = 'unsealed'
  if (verb === 'draft.scheduled') word = to ? `scheduled${lens === 'due' ? 'Due' : 'Publish'}` : 'unscheduled'
  if (verb === 'resource.review_soon' && days === 1) word = 'reviewNext'
  const key = `${object}.${word}`
  return i18n.exists(`verb.${key}`, { ns: 'discussion' }) ? key : 'other'
}

/** The sentence of what happened, with whoMark where the person belongs. */
export function sentenceOf(item: Happening): string {
  const facts = factsOf(item.data)
  // keys are put together from what the server says; keyOf has checked that they exist
  const t = i18n.getFixedT(null, 'discussion') as unknown as TFunction<[], undefined> &
    ((key: string, options?: object) => string)
  const word = (list: string, value: string | undefined, ns = 'discussion') =>
    value ? t(`${list}.${value}`, { ns, defaultValue: value.replaceAll('_', ' ') }) : ''
  return t(`verb.${keyOf(item)}`, {
    ...facts,
    who: whoMark,
    from: word('state', facts.from, 'common'),
    to: isDay(facts.to) ? formatDate(facts.to) : word('state', facts.to, 'common'),
    side: word('side', facts.side, 'common'),
    evidence: word('evidence', facts.kind),
    network: word('network', facts.network),
  })
}

/** Why, if somebody said: the reason of a move, or the beginning of a comment. */
export function reasonOf(item: Happening): string {
  const { reason, excerpt } = factsOf(item.data)
  return reason || excerpt || ''
}
