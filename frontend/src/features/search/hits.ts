import { linkOptions } from '@tanstack/react-router'
import type { SearchAnswer, SearchHit } from '@/shared/api/generated/types.gen'
import { i18n } from '@/shared/i18n'
import { contentTypeLabel } from '@/shared/lib/contentType'
import { clockOf } from '@/shared/lib/format'
import { matchesOf } from '@/shared/lib/marks'
import { type Kind, kinds } from './search'

/** Where a hit leads: to the very page of a file or second of a film, with the words marked there. */
export function linkOf(hit: SearchHit) {
  switch (hit.type) {
    case 'idea':
      return linkOptions({ to: '/ideas/$ideaId', params: { ideaId: hit.id } })
    case 'draft':
      return linkOptions({ to: '/drafts/$draftId', params: { draftId: hit.id } })
    case 'post':
      return linkOptions({ to: '/posts/$postId', params: { postId: hit.id } })
    case 'person':
      return linkOptions({ to: '/people/$personId', params: { personId: hit.id } })
    default: {
      const search = {
        page: hit.page || undefined,
        t: hit.second,
        file: hit.page || hit.second !== undefined ? hit.asset_id : undefined,
        mark: matchesOf(`${hit.title_marked} ${hit.snippet}`).join(' ') || undefined,
      }
      return linkOptions({ to: '/library/$resourceId', params: { resourceId: hit.id }, search })
    }
  }
}

/** Where in a file a hit is, for people: "Page 3", "At 1:23"; undefined when it is not in a file. */
export function placeOf(hit: Pick<SearchHit, 'page' | 'second'>): string | undefined {
  if (hit.second !== undefined) return i18n.t('search:second', { time: clockOf(hit.second) })
  return hit.page > 0 ? i18n.t('search:page', { page: hit.page }) : undefined
}

/** Hits by kind: the kind of the best hit first, or one that is wanted most, within a kind as search ranked them. */
export function groupsOf(hits: SearchHit[], first?: Kind): { kind: Kind; hits: SearchHit[] }[] {
  const order = [...new Set(hits.map((h) => h.type))].sort((a, b) => Number(b === first) - Number(a === first))
  return order.map((kind) => ({ kind, hits: hits.filter((h) => h.type === kind) }))
}

/** How many hits there are: an estimate may be wrong about none. */
export const foundOf = ({ hits, estimated_total }: Pick<SearchAnswer, 'hits' | 'estimated_total'>) =>
  hits.length > 0 ? Math.max(hits.length, estimated_total) : 0

/** Posts have no title of their own: the first line stands for it. */
export function firstLine(marked: string): string {
  const line = marked.split('\n').find((l) => l.trim()) ?? marked
  const open = line.lastIndexOf('\u0001')
  return open > line.lastIndexOf('\u0002') ? `${line}\u0002` : line
}

/** Words without their marks. */
export const plain = (marked: string) => marked.replaceAll('\u0001', '').replaceAll('\u0002', '').trim()

const lead = 24

/** Text that begins shortly before its first match, for one line of it. */
export function nearMatch(marked: string): string {
  const at = marked.indexOf('\u0001')
  if (at <= lead) return marked
  const space = marked.indexOf(' ', at - lead)
  return `…${marked.slice(space === -1 || space >= at ? at : space + 1)}`
}

const isKind = (value: string): value is Kind => kinds.includes(value as Kind)

/** "Case study", "Idea", "LinkedIn": the value of the facet "type", of whatever kind of thing. */
export function typeLabel(value: string): string {
  const key = value as 'linkedin'
  if (i18n.exists(`search:type.${key}`)) return i18n.t(`search:type.${key}`)
  return isKind(value) ? i18n.t(`search:kind.${value}`) : contentTypeLabel(value)
}
