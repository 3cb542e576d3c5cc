import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import {
  addTaxonomyValueMutation,
  mergeTaxonomyValuesMutation,
  retireTaxonomyValueMutation,
  setRequiredTagsMutation,
  undoMergeMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import { invalidate } from '@/shared/api/invalidate'
import { toast } from '@/shared/ui/toast'

/** Everything that shows values. */
export function useRefresh() {
  const queryClient = useQueryClient()
  return useCallback(
    () =>
      invalidate(
        queryClient,
        'listTaxonomy',
        'listTaxonomyChanges',
        'listRequiredTags',
        'listMissingTags',
        'listResources',
        'countResources',
        'getResource',
        'listViews',
        'listCollections',
        'getCollection',
      ),
    [queryClient],
  )
}

export function useAddValue() {
  const onSuccess = useRefresh()
  return useMutation({ ...addTaxonomyValueMutation(), onSuccess })
}

export function useRetire() {
  const onSettled = useRefresh()
  return useMutation({ ...retireTaxonomyValueMutation(), onError: toast.error, onSettled })
}

export function useMerge() {
  const refresh = useRefresh()
  // the dialog need not wait until everything is read anew
  return useMutation({ ...mergeTaxonomyValuesMutation(), onSuccess: () => void refresh() })
}

/** Takes a merge back and says what it could not. */
export function useUndoMerge() {
  const { t } = useTranslation('taxonomy')
  const onSettled = useRefresh()
  return useMutation({
    ...undoMergeMutation(),
    onError: toast.error,
    onSuccess: ({ change, restored, left }) =>
      toast.success(
        change.state === 'undoing'
          ? t('changes.undoBegun')
          : [t('changes.restored', { count: restored }), left > 0 && t('changes.left', { count: left })]
              .filter(Boolean)
              .join(' '),
      ),
    onSettled,
  })
}

export function useRequire() {
  const onSettled = useRefresh()
  return useMutation({ ...setRequiredTagsMutation(), onError: toast.error, onSettled, scope: { id: 'required tags' } })
}
