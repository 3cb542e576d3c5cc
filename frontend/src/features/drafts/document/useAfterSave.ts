import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Draft } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import type { DocumentTransport } from './transport'

const atMostEvery = 1500

/** In review a change makes approvals void, and when the right to write ends the piece has moved on: what is shown follows. */
export function useAfterSave(transport: DocumentTransport | undefined, state: Draft['state']): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    if (!transport) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        void invalidate(queryClient, 'getDraft', 'listApprovals', 'getDocument', 'getTimeline')
      }, atMostEvery)
    }
    const role = () => {
      const now = transport.status.get()
      return now.kind === 'reading' ? now.why : now.kind === 'ended'
    }
    let before = role()
    const stopStatus = transport.status.subscribe(() => {
      const now = role()
      if (now !== before) look()
      before = now
    })
    let suggested = transport.suggests.get()
    const stopSuggests = transport.suggests.subscribe(() => {
      if (suggested !== undefined) look()
      suggested = transport.suggests.get()
    })
    const stopCommits = state === 'in_review' ? transport.commits.subscribe(look) : undefined
    return () => {
      clearTimeout(timer)
      stopStatus()
      stopSuggests()
      stopCommits?.()
    }
  }, [transport, state, queryClient])
}
