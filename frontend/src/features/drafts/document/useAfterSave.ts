import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Draft } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import type { DocumentTransport } from './transport'

/** In review a save makes approvals void, and a refusal means that the piece has moved on: what is shown follows. */
export function useAfterSave(transport: DocumentTransport | undefined, state: Draft['state']): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    if (!transport) return
    let before = transport.status.get().kind
    return transport.status.subscribe(() => {
      const { kind } = transport.status.get()
      const isNews = kind !== before && (kind === 'refused' || (kind === 'saved' && state === 'in_review'))
      before = kind
      if (isNews) void invalidate(queryClient, 'getDraft', 'listApprovals', 'getDocument', 'getTimeline')
    })
  }, [transport, state, queryClient])
}
