import type { Comment, PersonRef } from '@/shared/api/generated/types.gen'

export interface Thread {
  id: string
  state: 'open' | 'resolved'
  /** null when the text that it is about is gone. */
  anchor: { from: number; to: number } | null
  quote: string
  comments: Comment[]
  resolved_by?: PersonRef | null
  resolved_at?: string | null
  rev: number
  created_at: string
  may_resolve: boolean
}
export interface ThreadList {
  items: Thread[]
  version: number
}
