import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { newKey } from '@/shared/api/client'
import { client } from '@/shared/api/generated/client.gen'
import type { Comment } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { isOffline } from '@/shared/api/problem'
import { toast } from '@/shared/ui/toast'
import type { Thread, ThreadList } from './types'

// stand-in until generated
export const threadsOptions = (draftId: string, state: 'open' | 'resolved') =>
  queryOptions({
    queryKey: [{ _id: 'listThreads', path: { id: draftId }, query: { state } }],
    queryFn: async ({ signal }) => {
      const { data } = await client.get<ThreadList, unknown, true>({
        url: '/drafts/{id}/threads',
        path: { id: draftId },
        query: { state },
        signal,
        throwOnError: true,
      } as never)
      return data as unknown as ThreadList
    },
  })
const post = async <T>(url: string, path: { id: string }, body?: unknown, headers?: object) => {
  const { data } = await client.post({
    url,
    path,
    body,
    headers: { 'Content-Type': 'application/json', ...headers },
    throwOnError: true,
  } as never)
  return data as unknown as T
}

/** What a comment changes beside the threads: the draft's news, and whether one follows it. */
const useRefresh = () => {
  const queryClient = useQueryClient()
  return () => invalidate(queryClient, 'listThreads' as never, 'getTimeline', 'getFollow')
}

export interface NewThread {
  anchor: { from: number; to: number; version: number }
  quote: string
  body: string
  mentions: string[]
}

/** Ends when the new thread is in the list, so that nothing blinks between "being written" and "there". */
export function useStartThread(draftId: string, onStarted: (thread: Thread) => void) {
  const refresh = useRefresh()
  const sent = useRef<{ what: string; body: NewThread; key: string }>(undefined)
  return useMutation({
    mutationFn: async (prepare: () => Promise<NewThread>) => {
      const body = await prepare()
      // after a broken connection the same request again, so that the same words make no second comment
      const what = `${body.quote}\n${body.body}`
      if (sent.current?.what !== what) sent.current = { what, body, key: newKey() }
      return post<Thread>('/drafts/{id}/threads', { id: draftId }, sent.current.body, {
        'Idempotency-Key': sent.current.key,
      })
    },
    onError: (error) => {
      if (!isOffline(error)) sent.current = undefined
    },
    onSuccess: async (thread) => {
      sent.current = undefined
      await refresh()
      onStarted(thread)
    },
  })
}

export function useReply(threadId: string, onSent: (body: string) => void) {
  const refresh = useRefresh()
  const sent = useRef({ body: '', key: '' })
  return useMutation({
    mutationFn: (body: { body: string; mentions: string[] }) => {
      if (sent.current.body !== body.body) sent.current = { body: body.body, key: newKey() }
      return post<Comment>('/threads/{id}/comments', { id: threadId }, body, { 'Idempotency-Key': sent.current.key })
    },
    onSuccess: async (_comment, { body }) => {
      sent.current = { body: '', key: '' }
      await refresh()
      onSent(body)
    },
  })
}

export interface Settling {
  id: string
  action: 'resolve' | 'reopen'
}

/** Resolves a thread or opens it again. */
export function useSettle(onSettled?: (done: Settling) => void) {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: ({ id, action }: Settling) => post<Thread>(`/threads/{id}/${action}`, { id }),
    onError: toast.error,
    onSuccess: (_thread, done) => onSettled?.(done),
    onSettled: refresh,
  })
}
