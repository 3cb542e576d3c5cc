import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import {
  archiveResourceMutation,
  reviseResourceMutation,
  unarchiveResourceMutation,
  verifyResourceMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import { replaceResourceFile } from '@/shared/api/generated/sdk.gen'
import { invalidate } from '@/shared/api/invalidate'
import { i18n } from '@/shared/i18n'
import { formatDate } from '@/shared/lib/format'
import { useMe } from '@/shared/session/session'
import { toast } from '@/shared/ui/toast'
import { startUpload, uploaded } from '@/shared/uploads/uploads'
import type { NewFile } from './NewFileDialog'

/** What shows how far one may trust a resource is old. */
function useRefresh() {
  const queryClient = useQueryClient()
  return () =>
    invalidate(
      queryClient,
      'getHome',
      'getResource',
      'listResources',
      'countResources',
      'getReviewBoard',
      'listResourceVersions',
      'compareResourceVersions',
      'getTimeline',
    )
}

/** The four things that one does with a resource that is due for review. */
export function useReview({ id, title }: { id: string; title: string }, onDone?: () => void) {
  const me = useMe()
  const navigate = useNavigate()
  const refresh = useRefresh()
  const done = () => {
    onDone?.()
    return refresh()
  }
  const path = { id }
  const verify = useMutation({
    ...verifyResourceMutation(),
    onError: toast.error,
    onSuccess: ({ review_due_on }) => {
      toast.success(i18n.t('review:verified', { date: review_due_on ? formatDate(review_due_on) : '' }))
      return done()
    },
  })
  const file = useMutation({
    mutationFn: async ({ file: chosen, note }: NewFile) => {
      const asset = await uploaded(startUpload(chosen, { userId: me.id }))
      return replaceResourceFile({ path, body: { asset_id: asset.id, note: note || undefined }, throwOnError: true })
    },
    onError: toast.error,
    onSuccess: () => {
      toast.success(i18n.t('review:replaced'))
      return done()
    },
  })
  const revise = useMutation({
    ...reviseResourceMutation(),
    onError: toast.error,
    onSuccess: (draft) => {
      onDone?.()
      return navigate({ to: '/drafts/$draftId', params: { draftId: draft.id } })
    },
  })
  const restore = useMutation({ ...unarchiveResourceMutation(), onError: toast.error, onSuccess: refresh })
  const archive = useMutation({
    ...archiveResourceMutation(),
    onError: toast.error,
    onSuccess: () => {
      toast.undo({ message: i18n.t('review:archived', { title }), onUndo: () => restore.mutate({ path }) })
      return done()
    },
  })
  return {
    isPending: verify.isPending || file.isPending || revise.isPending || archive.isPending,
    sending: file.isPending ? file.variables?.file.name : undefined,
    verify: (days?: number) => verify.mutate({ path, body: { days } }),
    replaceFile: file.mutate,
    revise: () => revise.mutate({ path }),
    archive: () => archive.mutate({ path }),
  }
}
