import type { Post, PostWords } from '@/shared/api/generated/types.gen'
import type { Network } from './network'

export interface PostValues {
  owner_id: string | null
  resource_id: string | null
  network: Network
  text: string
  suggestions: string[]
  disclosure: string
  link_target: string
  media_asset_id: string | null
  /** The last day on which it may be shared, YYYY-MM-DD, or "". */
  expires: string
}

export const mostSuggestions = 5

export function emptyValues(owner: string | undefined, resource: string | undefined): PostValues {
  return {
    owner_id: owner ?? null,
    resource_id: resource ?? null,
    network: 'linkedin',
    text: '',
    suggestions: [],
    disclosure: '',
    link_target: '',
    media_asset_id: null,
    expires: '',
  }
}

export function valuesOf(post: Post): PostValues {
  return {
    owner_id: post.owner.id,
    resource_id: post.resource_id ?? null,
    network: post.network,
    text: post.text,
    suggestions: post.suggestions,
    disclosure: post.disclosure,
    link_target: post.link_target,
    media_asset_id: post.media_asset_id ?? null,
    expires: post.expires_at ? localDay(new Date(post.expires_at)) : '',
  }
}

/** The values as the API wants them; a day ends at its end where the writer is. */
export function wordsFrom(values: PostValues): PostWords {
  return {
    network: values.network,
    text: values.text,
    suggestions: values.suggestions.map((s) => s.trim()).filter(Boolean),
    disclosure: values.disclosure,
    link_target: values.link_target.trim() || undefined,
    media_asset_id: values.media_asset_id ?? undefined,
    expires_at: values.expires ? new Date(`${values.expires}T23:59:59`).toISOString() : undefined,
  }
}

export function localDay(when: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}`
}

/** A stand-in as long as the tracked link will be, while there is none. */
export function linkStandIn(origin: string, target: string): string {
  return target.trim() ? `${origin}/l/········` : ''
}
