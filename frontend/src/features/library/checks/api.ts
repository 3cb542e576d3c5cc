import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import {
  bulkEditMutation,
  dismissFindingMutation,
  restoreFindingMutation,
  reviseResourceMutation,
  runChecksMutation,
  setChecksMutation,
  undoBulkEditMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import type { BulkChange, CheckFinding } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { toast } from '@/shared/ui/toast'

function useRefresh() {
  const queryClient = useQueryClient()
  return () => invalidate(queryClient, 'getChecks', 'listFindings', 'listResources', 'countResources', 'getResource')
}

export function useRunChecks() {
  const { t } = useTranslation('checks')
  const refresh = useRefresh()
  return useMutation({
    ...runChecksMutation(),
    onError: toast.error,
    onSuccess: () => {
      toast.success(t('running'))
      setTimeout(() => void refresh(), 4000)
    },
  })
}

export function useSetLinks() {
  const onSettled = useRefresh()
  return useMutation({ ...setChecksMutation(), onError: toast.error, onSettled, scope: { id: 'check links' } })
}

/** Dismisses a finding; the row is gone by then, so what follows is said here. */
export function useDismiss() {
  const { t } = useTranslation('checks')
  const onSettled = useRefresh()
  const restore = useMutation({ ...restoreFindingMutation(), onError: toast.error, onSettled })
  const dismiss = useMutation({
    ...dismissFindingMutation(),
    onError: toast.error,
    onSuccess: (_none, { path }) =>
      toast.undo({ message: t('dismissed'), onUndo: () => restore.mutate({ path: { id: path.id } }) }),
    onSettled,
  })
  return (id: string, reason: string) => dismiss.mutate({ path: { id }, body: { reason } })
}

/** Mends a resource by a change of one; what somebody changed meanwhile, or what is refused, is said. */
export function useMend() {
  const { t } = useTranslation('checks')
  const onSettled = useRefresh()
  const undo = useMutation({ ...undoBulkEditMutation(), onError: toast.error, onSettled })
  const mend = useMutation({
    ...bulkEditMutation(),
    onError: toast.error,
    onSuccess: ({ edit_id: id, stale, refused }) => {
      if (stale.length > 0) toast.error(t('stale'))
      else if (refused[0]) toast.error(refused[0].reason ?? t('stale'))
      else if (id) toast.undo({ message: t('mended'), onUndo: () => undo.mutate({ path: { id } }) })
    },
    onSettled,
  })
  return {
    isPending: mend.isPending,
    mend: (f: CheckFinding, change: BulkChange) =>
      mend.mutate({ body: { items: [{ id: f.resource_id, rev: f.rev }], change } }),
  }
}

/** Begins the next version, where the address is mended. */
export function useRevise() {
  const navigate = useNavigate()
  return useMutation({
    ...reviseResourceMutation(),
    onError: toast.error,
    onSuccess: (draft) => navigate({ to: '/drafts/$draftId', params: { draftId: draft.id } }),
  })
}
