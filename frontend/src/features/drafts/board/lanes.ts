import type { Draft, PersonRef } from '@/shared/api/generated/types.gen'

export type LaneKind = 'person' | 'type' | 'idea'

export interface Lane {
  key: string
  /** The person of a lane by writer. */
  person?: PersonRef
  /** What the others are about: a type of content, an idea, or nothing. */
  about?: string
}

/** In which lane a piece stands. One of several ideas decides: the first, so that no card is drawn twice. */
function laneOf(draft: Draft, kind: LaneKind): Lane {
  if (kind === 'person') return { key: draft.writer.id, person: draft.writer }
  const about = kind === 'type' ? draft.content_type : draft.ideas[0]
  return { key: about ?? '', about }
}

/**
 * The lanes of a board: those with something in them, and in each its pieces. `labelOf` names a lane, for the order; what
 * belongs nowhere comes last.
 */
export function lanesOf(drafts: Draft[], kind: LaneKind, labelOf: (lane: Lane) => string): [Lane, Set<string>][] {
  const lanes = new Map<string, [Lane, Set<string>]>()
  for (const draft of drafts) {
    const lane = laneOf(draft, kind)
    const known = lanes.get(lane.key) ?? [lane, new Set<string>()]
    lanes.set(lane.key, known)
    known[1].add(draft.id)
  }
  return [...lanes.values()].sort(([a], [b]) => {
    if (!a.key !== !b.key) return a.key ? -1 : 1
    return labelOf(a).localeCompare(labelOf(b))
  })
}
