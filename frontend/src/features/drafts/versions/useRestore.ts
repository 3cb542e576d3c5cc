import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ifMatch } from '@/shared/api/client'
import { getDocument, restoreVersion, saveDocument } from '@/shared/api/generated/sdk.gen'
import type { Draft, DraftVersion } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { ApiError } from '@/shared/api/problem'
import { toast } from '@/shared/ui/toast'
import { openDocuments } from '../document/pending'

/** Brings the text of a version back, as an ordinary change that can be undone. */
export function useRestore(draft: Draft) {
  const { t } = useTranslation('drafts')
  const queryClient = useQueryClient()
  const path = { id: draft.id }
  // the text itself comes over the live connection, like everybody's changes
  const refresh = () =>
    invalidate(
      queryClient,
      'getDocument',
      'getDraft',
      'listApprovals',
      'getTimeline',
      'listVersions',
      'compareDraft',
      'getDraftChanges',
    )
  const undo = useMutation({
    mutationFn: async ({ doc, version }: { doc: unknown; version: number }) => {
      await saveDocument({ path, headers: ifMatch(version), body: { doc } })
      await refresh()
    },
    onError: (error) => toast.error(error),
  })
  return useMutation({
    mutationFn: async (version: DraftVersion) => {
      // what was typed before belongs to what undo brings back
      if (!(await openDocuments.flush(draft.id))) throw new ApiError({ code: 'conflict', detail: t('move.unsaved') })
      const { data: before } = await getDocument({ path })
      const { data: saved } = await restoreVersion({
        path: { id: draft.id, version_id: version.id },
        headers: ifMatch(before.version),
      })
      await refresh()
      return { doc: before.doc, version: saved.version }
    },
    onSuccess: (before, { number }) =>
      toast.undo({ message: t('versions.restored', { number }), onUndo: () => undo.mutate(before) }),
    onError: (error) => toast.error(error),
  })
}
