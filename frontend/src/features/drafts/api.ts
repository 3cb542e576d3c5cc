import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { ifMatch } from '@/shared/api/client'
import {
  approveDraftMutation,
  createDraftMutation,
  getDraftQueryKey,
  moveDraftMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import { getDraft, updateDraft } from '@/shared/api/generated/sdk.gen'
import type { Brief, Draft, DraftPlan } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { isStale } from '@/shared/api/problem'

/** Everything that shows a draft or what comes with it. */
function invalidateDraft(queryClient: QueryClient) {
  return invalidate(
    queryClient,
    'listDrafts',
    'getDraft',
    'listVersions',
    'listApprovals',
    'getApprovalStatus',
    'getDraftChanges',
    'getTimeline',
    'listComments',
    'listIdeaDrafts',
    'getSteps',
    'listDraftEvidence',
    'getCalendar',
    'getDocument',
  )
}

function useKeep() {
  const queryClient = useQueryClient()
  return (draft: Draft) => {
    queryClient.setQueryData(getDraftQueryKey({ path: { id: draft.id } }), draft)
    void invalidateDraft(queryClient)
  }
}

export function useCreateDraft() {
  const onSuccess = useKeep()
  return useMutation({ ...createDraftMutation(), onSuccess })
}

/** Moves ask the server: it alone knows whether they are possible now. */
export function useMoveDraft() {
  const onSuccess = useKeep()
  const queryClient = useQueryClient()
  return useMutation({ ...moveDraftMutation(), onSuccess, onError: () => invalidateDraft(queryClient) })
}

export function useApproveDraft() {
  const onSuccess = useKeep()
  const queryClient = useQueryClient()
  return useMutation({ ...approveDraftMutation(), onSuccess, onError: () => invalidateDraft(queryClient) })
}

/** The draft as updateDraft wants it. */
export function planOf(draft: Draft): DraftPlan {
  return {
    title: draft.title,
    content_type: draft.content_type,
    confidential: draft.confidential,
    writer_id: draft.writer.id,
    contributors: draft.contributors,
    approvers: draft.approvers,
    ideas: draft.ideas,
    brief: draft.brief ?? {},
  }
}

export type PlanChange = Partial<Omit<DraftPlan, 'brief'>> & { brief?: Partial<Brief> }

const isEqual = (a: unknown, b: unknown) => JSON.stringify(a ?? '') === JSON.stringify(b ?? '')

function changed(plan: DraftPlan, { brief, ...rest }: PlanChange): DraftPlan {
  return { ...plan, ...rest, brief: { ...plan.brief, ...brief } }
}

/** Whether somebody else changed what this change is about. */
function collides(before: DraftPlan, now: DraftPlan, { brief = {}, ...rest }: PlanChange): boolean {
  const keys = Object.keys(rest) as (keyof typeof rest)[]
  const briefKeys = Object.keys(brief) as (keyof Brief)[]
  return keys.some((k) => !isEqual(before[k], now[k])) || briefKeys.some((k) => !isEqual(before.brief[k], now.brief[k]))
}

/**
 * Changes some fields of a draft. When others changed different fields meanwhile both stay; when they changed the same
 * ones the 412 is the caller's to show (`force` then saves on top).
 */
export function useUpdateDraft(draft: Draft) {
  const queryClient = useQueryClient()
  const onSuccess = useKeep()
  return useMutation({
    mutationFn: async ({ change, force = false }: { change: PlanChange; force?: boolean }) => {
      const path = { id: draft.id }
      const save = async (on: Draft) => {
        const { data } = await updateDraft({ path, headers: ifMatch(on.rev), body: changed(planOf(on), change) })
        return data
      }
      // the one before this may have been ours: it is what this change stands on
      const known = queryClient.getQueryData<Draft>(getDraftQueryKey({ path })) ?? draft
      try {
        return await save(known)
      } catch (error) {
        if (!isStale(error)) throw error
        const { data: newest } = await getDraft({ path })
        if (!force && collides(planOf(known), planOf(newest), change)) throw error
        return save(newest)
      }
    },
    onSuccess,
    onError: (error) => (isStale(error) ? invalidate(queryClient, 'getDraft') : undefined),
    scope: { id: `draft-${draft.id}` }, // one after the other: each names the revision that the one before made
  })
}
