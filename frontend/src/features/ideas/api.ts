import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ifMatch, newKey } from '@/shared/api/client'
import { getIdeaQueryKey } from '@/shared/api/generated/@tanstack/react-query.gen'
import {
  addEvidence,
  createDraft,
  createIdea,
  mergeIdea,
  moveIdea,
  removeEvidence,
  unvoteIdea,
  updateIdea,
  voteIdea,
} from '@/shared/api/generated/sdk.gen'
import type {
  DraftPlan,
  Evidence,
  EvidenceInputBody,
  Idea,
  IdeaWords,
  MoveIdeaInputBody,
} from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { isConflict, isStale } from '@/shared/api/problem'
import { toast } from '@/shared/ui/toast'
import { cancelIdeas, patchIdea } from './cache'

/** Everything that says how an idea stands. */
const refresh = (queryClient: QueryClient) =>
  invalidate(queryClient, 'listIdeas', 'getIdea', 'listSimilarIdeas', 'getHome', 'getTimeline')

/** Votes or takes the vote back. Shown at once everywhere; presses arrive in order, and the last one counts. */
export function useVote(id: string) {
  const queryClient = useQueryClient()
  const mutationKey = ['vote', id]
  return useMutation({
    mutationKey,
    scope: { id: `vote-${id}` },
    mutationFn: async ({ voted }: { voted: boolean; before: Idea }) => {
      const { data } = await (voted ? voteIdea : unvoteIdea)({ path: { id }, throwOnError: true })
      return data
    },
    onMutate: async ({ voted }) => {
      patchIdea(queryClient, id, (i) =>
        i.voted === voted ? i : { ...i, voted, votes: Math.max(0, i.votes + (voted ? 1 : -1)) },
      )
      await cancelIdeas(queryClient)
    },
    onError: (error, { before }) => {
      patchIdea(queryClient, id, (i) => ({ ...i, voted: before.voted, votes: before.votes }))
      toast.error(error)
    },
    onSuccess: ({ votes, voted }) => {
      if (queryClient.isMutating({ mutationKey }) > 1) return // a later press is on its way
      patchIdea(queryClient, id, (i) => ({ ...i, votes, voted }))
    },
    onSettled: () => invalidate(queryClient, 'getTimeline', 'getFollow'),
  })
}

function wordsOf(idea: Idea): IdeaWords {
  const { kind, title, body, tags, visibility, needed_by } = idea
  return { kind, title, body, tags, visibility, needed_by }
}

/** Changes some words of an idea, based on the revision that is shown. */
export function useUpdateIdea(id: string) {
  const queryClient = useQueryClient()
  const queryKey = getIdeaQueryKey({ path: { id } })
  return useMutation({
    mutationFn: async (change: Partial<IdeaWords>) => {
      const idea = queryClient.getQueryData<Idea>(queryKey)
      if (!idea) throw new Error('an idea is changed on its page only')
      const body = { ...wordsOf(idea), ...change }
      if (body.kind !== 'request') body.needed_by = undefined
      const { data } = await updateIdea({ path: { id }, headers: ifMatch(idea.rev), body, throwOnError: true })
      return data
    },
    onSuccess: (idea) => queryClient.setQueryData(queryKey, idea),
    onSettled: () => refresh(queryClient),
  })
}

/** Takes an idea to another state; Undo where the way back is open. */
export function useMoveIdea(idea: Idea) {
  const { t } = useTranslation('ideas')
  const { t: tc } = useTranslation()
  const queryClient = useQueryClient()
  const path = { id: idea.id }
  const send = async (rev: number, body: MoveIdeaInputBody) => {
    const { data } = await moveIdea({ path, headers: ifMatch(rev), body, throwOnError: true })
    queryClient.setQueryData(getIdeaQueryKey({ path }), data)
    return data
  }
  const undo = useMutation({
    mutationFn: (moved: Idea) =>
      send(moved.rev, { to: idea.state as MoveIdeaInputBody['to'], reason: idea.reason || undefined }),
    onError: toast.error,
    onSettled: () => refresh(queryClient),
  })
  return useMutation({
    mutationFn: (body: MoveIdeaInputBody) => send(idea.rev, body),
    onSuccess: (moved) => {
      const message = t('move.done', { state: tc(`state.${moved.state}`) })
      if (moved.next_states.includes(idea.state)) toast.undo({ message, onUndo: () => undo.mutate(moved) })
      else toast.success(message)
    },
    // somebody was faster: show how it stands now
    onError: (error) => (isStale(error) || isConflict(error) ? refresh(queryClient) : undefined),
    onSettled: () => refresh(queryClient),
  })
}

export function useMergeIdea(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (into: string) => {
      const { data } = await mergeIdea({ path: { id }, body: { into }, throwOnError: true })
      return data
    },
    onSettled: () => refresh(queryClient),
  })
}

export function usePlanPiece() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (body: DraftPlan) => {
      const { data } = await createDraft({ body, throwOnError: true })
      return data
    },
    onSuccess: () =>
      void invalidate(queryClient, 'listDrafts', 'listIdeaDrafts', 'getIdea', 'listIdeas', 'getHome', 'getTimeline'),
  })
}

const refreshEvidence = (queryClient: QueryClient) =>
  invalidate(queryClient, 'listEvidence', 'getIdea', 'listIdeas', 'getTimeline', 'getFollow')

export function useAddEvidence(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (body: EvidenceInputBody) => {
      const { data } = await addEvidence({ path: { id }, body, throwOnError: true })
      return data
    },
    onSuccess: () => refreshEvidence(queryClient),
  })
}

/** Takes one's own evidence away; Undo adds it again. */
export function useRemoveEvidence(id: string) {
  const { t } = useTranslation('ideas')
  const queryClient = useQueryClient()
  const add = useAddEvidence(id)
  return useMutation({
    mutationFn: (evidence: Evidence) => removeEvidence({ path: { id, evidence_id: evidence.id }, throwOnError: true }),
    onError: toast.error,
    onSuccess: (_answer, { kind, text, source, deal_value }) => {
      const again = { kind, text, source, deal_value }
      toast.undo({ message: t('evidence.removed'), onUndo: () => add.mutate(again, { onError: toast.error }) })
    },
    onSettled: () => refreshEvidence(queryClient),
  })
}

/** Files an idea; the same words pressed again after a broken connection file it once. */
export function useFileIdea() {
  const queryClient = useQueryClient()
  const sent = useRef({ words: '', key: '' })
  return useMutation({
    mutationFn: async ({ words, evidence }: { words: IdeaWords; evidence?: EvidenceInputBody }) => {
      const said = JSON.stringify(words)
      if (sent.current.words !== said) sent.current = { words: said, key: newKey() }
      const headers = { 'Idempotency-Key': sent.current.key }
      const { data: idea } = await createIdea({ body: words, headers, throwOnError: true })
      if (!evidence) return { idea, problem: undefined }
      try {
        await addEvidence({ path: { id: idea.id }, body: evidence, throwOnError: true })
        return { idea, problem: undefined }
      } catch (problem) {
        return { idea, problem } // the idea is filed, whatever became of its evidence
      }
    },
    onSuccess: () => void invalidate(queryClient, 'listIdeas', 'listSimilarIdeas', 'getHome'),
  })
}
