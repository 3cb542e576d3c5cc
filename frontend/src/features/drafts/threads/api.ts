import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { newKey } from '@/shared/api/client'
import { listThreadsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { reopenThread, replyToThread, resolveThread, startThread } from '@/shared/api/generated/sdk.gen'
import type { StartThreadInputBody, Thread } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { isOffline } from '@/shared/api/problem'
import { toast } from '@/shared/ui/toast'

export const threadsOptions = (draftId: string, state: 'open' | 'resolved') =>
  listThreadsOptions({ path: { id: draftId }, query: { state } })

/** What a comment changes beside the threads: the draft's news, and whether one follows it. */
const useRefresh = () => {
  const queryClient = useQueryClient()
  return () => invalidate(queryClient, 'listThreads', 'getTimeline', 'getFollow')
}

/** Ends when the new thread is in the list, so that nothing blinks between "being written" and "there". */
export function useStartThread(draftId: string, onStarted: (thread: Thread) => void) {
  const refresh = useRefresh()
  const sent = useRef<{ what: string; body: StartThreadInputBody; key: string }>(undefined)
  return useMutation({
    mutationFn: async (prepare: () => Promise<StartThreadInputBody>) => {
      const body = await prepare()
      // after a broken connection the same request again, so that the same words make no second comment
      const what = `${body.quote}\n${body.body}`
      if (sent.current?.what !== what) sent.current = { what, body, key: newKey() }
      const { data } = await startThread({
        path: { id: draftId },
        body: sent.current.body,
        headers: { 'Idempotency-Key': sent.current.key },
      })
      return data
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
      return replyToThread({ path: { id: threadId }, body, headers: { 'Idempotency-Key': sent.current.key } })
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
    mutationFn: ({ id, action }: Settling) => {
      const settle = action === 'resolve' ? resolveThread : reopenThread
      return settle({ path: { id } })
    },
    onError: toast.error,
    onSuccess: (_thread, done) => onSettled?.(done),
    onSettled: refresh,
  })
}
