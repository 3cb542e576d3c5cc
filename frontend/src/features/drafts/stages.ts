import type { Draft } from '@/shared/api/generated/types.gen'

export const stages = ['brief', 'writing', 'in_review', 'approved', 'published'] as const
export type Stage = (typeof stages)[number]

/** What can be done with a draft, by the names of the API. */
export type Action =
  | 'start'
  | 'submit'
  | 'resubmit'
  | 'approve'
  | 'request_changes'
  | 'reopen'
  | 'publish'
  | 'revise'
  | 'archive'
  | 'unarchive'

export type StageAction = Exclude<Action, 'resubmit' | 'revise' | 'archive' | 'unarchive'>

const steps: Record<string, StageAction> = {
  'brief writing': 'start',
  'writing in_review': 'submit',
  'in_review approved': 'approve',
  'in_review writing': 'request_changes',
  'approved writing': 'reopen',
  'approved published': 'publish',
}

export type Step =
  | { action: StageAction; why?: undefined }
  /** Not possible: the key of the reason. */
  | { action?: undefined; why: 'steps' | 'limited' | `not.${StageAction}` }

/** How a draft gets to a stage, or why it cannot. */
export function stepTo(draft: Draft, stage: Stage): Step {
  if (!draft.full) return { why: 'limited' }
  const action = steps[`${draft.state} ${stage}`]
  if (!action) return { why: 'steps' }
  return draft.allowed.includes(action) ? { action } : { why: `not.${action}` }
}

/** Whether this person is the one who has to act. */
export function isMyTurn(draft: Draft, myId: string): boolean {
  if (draft.allowed.includes('approve')) return true
  return draft.writer.id === myId && draft.state === 'approved' && draft.allowed.includes('publish')
}

/** YYYY-MM-DD of the day here. */
export function today(now = new Date()): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

export function isOverdue(draft: Draft): boolean {
  const due = draft.brief?.due_on
  return Boolean(due && due < today()) && ['brief', 'writing', 'in_review'].includes(draft.state)
}
