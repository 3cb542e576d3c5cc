import { type InfiniteData, type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ifMatch, newKey } from '@/shared/api/client'
import { listCommentsInfiniteOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { addComment, deleteComment, editComment, restoreComment } from '@/shared/api/generated/sdk.gen'
import type { Comment, ListCommentsResponse, ListThreadsResponse } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { toast } from '@/shared/ui/toast'
import type { Thing, ThingType } from './thing'

export const commentsOptions = ({ type, id }: Thing) =>
  listCommentsInfiniteOptions({ path: { type, id }, query: { limit: 50 } })

// whose counts of comments are old afterwards
const shownIn = {
  idea: ['listIdeas', 'getIdea'],
  draft: ['listDrafts', 'getDraft', 'listThreads'],
  post: [],
  resource: [],
} as const satisfies Record<ThingType, string[]>

function patch(queryClient: QueryClient, thing: Thing, change: (items: Comment[], isLast: boolean) => Comment[]) {
  queryClient.setQueryData<InfiniteData<ListCommentsResponse>>(commentsOptions(thing).queryKey, (old) =>
    old
      ? {
          ...old,
          pages: old.pages.map((page, i) => ({ ...page, items: change(page.items, i === old.pages.length - 1) })),
        }
      : old,
  )
}

/** The same in the threads of a draft's text. */
function patchThreads(queryClient: QueryClient, change: (comments: Comment[]) => Comment[]) {
  queryClient.setQueriesData<ListThreadsResponse>(
    { predicate: ({ queryKey: [first] }) => (first as { _id?: string })._id === 'listThreads' },
    (old) => old && { ...old, items: old.items.map((thread) => ({ ...thread, comments: change(thread.comments) })) },
  )
}

const refresh = (queryClient: QueryClient, { type }: Thing) =>
  invalidate(queryClient, 'listComments', 'getTimeline', 'getFollow', ...shownIn[type])

/** Sends a comment. The same words pressed again after a broken connection have one effect. */
export function useAddComment(thing: Thing) {
  const queryClient = useQueryClient()
  const sent = useRef({ body: '', key: '' })
  return useMutation({
    mutationFn: async (body: { body: string; mentions: string[] }) => {
      if (sent.current.body !== body.body) sent.current = { body: body.body, key: newKey() }
      const headers = { 'Idempotency-Key': sent.current.key }
      const { data } = await addComment({ path: thing, body, headers, throwOnError: true })
      return data
    },
    onSuccess: (comment) => {
      sent.current = { body: '', key: '' }
      patch(queryClient, thing, (items, isLast) =>
        isLast && !items.some((c) => c.id === comment.id) ? [...items, comment] : items,
      )
      void refresh(queryClient, thing)
    },
  })
}

export function useEditComment(thing: Thing) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async ({ comment, body }: { comment: Comment; body: string }) => {
      const { data } = await editComment({
        path: { id: comment.id },
        headers: ifMatch(comment.rev),
        body: { body },
        throwOnError: true,
      })
      return data
    },
    onSuccess: (comment) => {
      const change = (items: Comment[]) => items.map((c) => (c.id === comment.id ? comment : c))
      patch(queryClient, thing, change)
      patchThreads(queryClient, change)
    },
    onSettled: () => refresh(queryClient, thing),
  })
}

/** Takes a comment away, with Undo. */
export function useDeleteComment(thing: Thing) {
  const { t } = useTranslation('discussion')
  const queryClient = useQueryClient()
  const restore = useMutation({
    mutationFn: (id: string) => restoreComment({ path: { id }, throwOnError: true }),
    onError: toast.error,
    onSettled: () => refresh(queryClient, thing),
  })
  return useMutation({
    mutationFn: (comment: Comment) => deleteComment({ path: { id: comment.id }, throwOnError: true }),
    onError: toast.error,
    onSuccess: (_answer, { id }) => {
      const change = (items: Comment[]) => items.filter((c) => c.id !== id)
      patch(queryClient, thing, change)
      patchThreads(queryClient, change)
      toast.undo({ message: t('deleted'), onUndo: () => restore.mutate(id) })
    },
    onSettled: () => refresh(queryClient, thing),
  })
}
