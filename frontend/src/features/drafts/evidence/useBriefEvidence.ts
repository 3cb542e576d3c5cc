import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  listDraftEvidenceQueryKey,
  orderPicksMutation,
  pickEvidenceMutation,
  removePickMutation,
  restorePickMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import type { DraftEvidence, OfferedEvidence, PickedEvidence } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { toast } from '@/shared/ui/toast'

/** What one does with the evidence of a brief. Each answer is the whole list, so it needs no second question. */
export function useBriefEvidence(draftId: string, picked: PickedEvidence[]) {
  const { t } = useTranslation('briefEvidence')
  const queryClient = useQueryClient()
  const path = { id: draftId }
  const [said, setSaid] = useState('')
  const shared = {
    onSuccess: (all: DraftEvidence) => {
      queryClient.setQueryData(listDraftEvidenceQueryKey({ path }), all)
      void invalidate(queryClient, 'getDraft', 'getApprovalStatus', 'listApprovals', 'getTimeline')
    },
    onError: (error: unknown) => {
      toast.error(error)
      void invalidate(queryClient, 'listDraftEvidence', 'getDraft')
    },
    scope: { id: `evidence ${draftId}` }, // one after the other: each order is made on what the one before left
  }
  const pick = useMutation({ ...pickEvidenceMutation(), ...shared })
  const remove = useMutation({ ...removePickMutation(), ...shared })
  const restore = useMutation({ ...restorePickMutation(), ...shared })
  const order = useMutation({ ...orderPicksMutation(), ...shared })
  return {
    isBusy: pick.isPending,
    said,
    pick: (item: OfferedEvidence) =>
      pick.mutate({ path, body: { evidence_id: item.id } }, { onSuccess: () => setSaid(t('isIn')) }),
    remove: (item: PickedEvidence) =>
      remove.mutate(
        { path: { ...path, pick_id: item.id } },
        {
          onSuccess: () =>
            toast.undo({
              message: t('removed'),
              onUndo: () => restore.mutate({ path: { ...path, pick_id: item.id } }),
            }),
        },
      ),
    move: (at: number, by: 1 | -1) => {
      if (order.isPending) return
      const ids = picked.map((item) => item.id)
      const [id = ''] = ids.splice(at, 1)
      ids.splice(at + by, 0, id)
      order.mutate(
        { path, body: { ids } },
        {
          onSuccess: () => {
            setSaid(t('moved', { number: at + by + 1, all: ids.length }))
            // a list item that moves loses the focus
            requestAnimationFrame(() => document.getElementById(`${by < 0 ? 'up' : 'down'}-${id}`)?.focus())
          },
        },
      )
    },
  }
}
