import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ifMatch } from '@/shared/api/client'
import {
  createCollectionMutation,
  deleteCollectionMutation,
  getCollectionQueryKey,
  restoreCollectionMutation,
  updateCollectionMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import { addToCollection, arrangeCollection, removeFromCollection } from '@/shared/api/generated/sdk.gen'
import type { CollectionPage, CollectionSection } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { i18n } from '@/shared/i18n'
import { toast } from '@/shared/ui/toast'

export function useRefreshCollections() {
  const queryClient = useQueryClient()
  return () => invalidate(queryClient, 'listCollections', 'getCollection')
}

export function useCreateCollection() {
  return useMutation({ ...createCollectionMutation(), onSuccess: useRefreshCollections() })
}

export function useUpdateCollection() {
  return useMutation({ ...updateCollectionMutation(), onSuccess: useRefreshCollections() })
}

/** Puts a resource in or takes it out. */
export function usePutInCollection() {
  const refresh = useRefreshCollections()
  return useMutation({
    mutationFn: ({ id, resource, isIn }: { id: string; resource: string; isIn: boolean }) =>
      (isIn ? addToCollection : removeFromCollection)({ path: { id, resource_id: resource }, throwOnError: true }),
    onError: toast.error,
    onSettled: refresh,
    scope: { id: 'collections' },
  })
}

export function useDeleteCollection(onDone: () => void) {
  const refresh = useRefreshCollections()
  const restore = useMutation({ ...restoreCollectionMutation(), onError: toast.error, onSuccess: refresh })
  return useMutation({
    ...deleteCollectionMutation(),
    onError: toast.error,
    onSuccess: (_none, { path }) => {
      toast.undo({ message: i18n.t('library:collections.deleted'), onUndo: () => restore.mutate({ path }) })
      onDone()
      return refresh()
    },
  })
}

/** Sets sections and order: shown at once, sent one after the other, each upon the revision that the one before made. */
export function useArrange(id: string) {
  const queryClient = useQueryClient()
  const refresh = useRefreshCollections()
  const key = getCollectionQueryKey({ path: { id } })
  const page = () => queryClient.getQueryData<CollectionPage>(key)
  const arrange = useMutation({
    mutationFn: async (sections: CollectionSection[]) => {
      const { data } = await arrangeCollection({
        path: { id },
        headers: ifMatch(page()?.rev ?? 0),
        body: { sections: sections.map((s) => ({ title: s.title, resource_ids: s.resources.map((r) => r.id) })) },
        throwOnError: true,
      })
      return data
    },
    onMutate: async (sections) => {
      await queryClient.cancelQueries({ queryKey: key })
      queryClient.setQueryData<CollectionPage>(key, (old) => old && { ...old, sections })
    },
    onSuccess: ({ rev, count }) => {
      queryClient.setQueryData<CollectionPage>(key, (old) => old && { ...old, rev, count })
      return invalidate(queryClient, 'listCollections')
    },
    onError: (error) => {
      toast.error(error)
      return refresh()
    },
    scope: { id: `arrange ${id}` },
  })
  return arrange.mutate
}
