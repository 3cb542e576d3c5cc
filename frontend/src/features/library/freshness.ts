import type { Resource } from '@/shared/api/generated/types.gen'
import { i18n } from '@/shared/i18n'
import { formatDate, timeAgo } from '@/shared/lib/format'

type Dated = Pick<
  Resource,
  'state' | 'verified_at' | 'published_at' | 'created_at' | 'review_due_on' | 'expires_at' | 'release_at'
>

export type Freshness = 'fresh' | 'plain' | 'due' | 'gone'

const day = 86_400_000
const newFor = 30 * day

/** How far one may trust a resource, in one word and one sentence. */
export function freshnessOf(resource: Dated, now = Date.now()): { tone: Freshness; label: string } {
  const { state, verified_at, release_at, expires_at } = resource
  const published = resource.published_at ?? resource.created_at
  if (state === 'archived') return { tone: 'gone', label: i18n.t('library:fresh.archived') }
  if (state === 'expired' || (expires_at && new Date(expires_at).getTime() <= now)) {
    return { tone: 'gone', label: i18n.t('library:fresh.expired') }
  }
  if (release_at && new Date(release_at).getTime() > now) {
    return { tone: 'due', label: i18n.t('library:fresh.planned', { date: formatDate(release_at) }) }
  }
  if (state === 'review_due') return { tone: 'due', label: i18n.t('library:fresh.due') }
  if (now - new Date(published).getTime() < newFor) {
    return { tone: 'fresh', label: i18n.t('library:fresh.new', { ago: timeAgo(published, now) }) }
  }
  if (verified_at) return { tone: 'fresh', label: i18n.t('library:fresh.checked', { ago: timeAgo(verified_at, now) }) }
  return { tone: 'plain', label: i18n.t('library:fresh.published', { ago: timeAgo(published, now) }) }
}

/** Whether it may be sent to people outside now. */
export function mayShare({ shareable, state }: Pick<Resource, 'shareable' | 'state'>): boolean {
  return shareable && state !== 'expired' && state !== 'archived'
}
