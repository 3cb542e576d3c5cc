import type { BulkChange } from '@/shared/api/generated/types.gen'
import { momentIn } from '@/shared/lib/zones'

export const tagLists = {
  persona: 'personas',
  stage: 'stages',
  industry: 'industries',
  product: 'products',
  region: 'regions',
  tag: 'tags',
} as const
export type TagFacet = keyof typeof tagLists
export const tagFacets = Object.keys(tagLists) as TagFacet[]

export interface TagRow {
  key: number
  op: 'add' | 'remove'
  facet: TagFacet
  values: string[]
}

type Choice = 'keep' | 'yes' | 'no'
type Setting = 'keep' | 'set' | 'clear'

export interface BulkValues {
  tags: TagRow[]
  owner: Setting
  ownerId: string | null
  review: Setting
  reviewOn: string
  expiry: Setting
  expiresAt: string
  shareable: Choice
  outside: Choice
  inside: Choice
  archived: Choice
  collection: string | null
}

export const nothing: BulkValues = {
  tags: [{ key: 0, op: 'add', facet: 'tag', values: [] }],
  owner: 'keep',
  ownerId: null,
  review: 'keep',
  reviewOn: '',
  expiry: 'keep',
  expiresAt: '',
  shareable: 'keep',
  outside: 'keep',
  inside: 'keep',
  archived: 'keep',
  collection: null,
}

function listsOf(rows: TagRow[], op: TagRow['op']): BulkChange['add'] {
  const lists: NonNullable<BulkChange['add']> = {}
  for (const { facet, values } of rows.filter((r) => r.op === op && r.values.length > 0)) {
    lists[tagLists[facet]] = [...new Set([...(lists[tagLists[facet]] ?? []), ...values])]
  }
  return Object.keys(lists).length > 0 ? lists : undefined
}

const said = (choice: Choice) => (choice === 'keep' ? undefined : choice === 'yes')

/** The change as the API takes it; undefined when nothing is to change yet. */
export function changeOf(values: BulkValues, zone: string): BulkChange | undefined {
  const { owner, ownerId, review, reviewOn, expiry, expiresAt } = values
  const clear = [
    owner === 'clear' && ('owner' as const),
    review === 'clear' && ('review' as const),
    expiry === 'clear' && ('expires' as const),
  ].filter((x) => x !== false)
  const change: BulkChange = {
    add: listsOf(values.tags, 'add'),
    remove: listsOf(values.tags, 'remove'),
    owner_id: owner === 'set' && ownerId ? ownerId : undefined,
    review_due_on: review === 'set' && reviewOn ? reviewOn : undefined,
    expires_at: expiry === 'set' && expiresAt ? momentIn(expiresAt, zone).toISOString() : undefined,
    clear: clear.length > 0 ? clear : undefined,
    shareable: said(values.shareable),
    download_outside: said(values.outside),
    download_inside: said(values.inside),
    archived: said(values.archived),
    collection_id: values.collection ?? undefined,
  }
  if (!Object.values(change).some((v) => v !== undefined)) return undefined
  return change.expires_at ? { ...change, dates_zone: zone } : change
}
