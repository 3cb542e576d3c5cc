import { type QueryClient, type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import {
  archiveResourceMutation,
  getResourceQueryKey,
  supersedeResourceMutation,
  unarchiveResourceMutation,
  updateResourceMutation,
  verifyResourceMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import { markFavourite, unmarkFavourite } from '@/shared/api/generated/sdk.gen'
import type { Resource, ResourcePage } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { i18n } from '@/shared/i18n'
import { toast } from '@/shared/ui/toast'

interface Pages {
  pages: { items: Resource[] }[]
}

const isList = ({ queryKey }: { queryKey: QueryKey }) =>
  (queryKey[0] as { _id?: string } | undefined)?._id === 'listResources'

function patched<T extends Resource>(resource: T, id: string, change: Partial<Resource>): T {
  return resource.id === id ? { ...resource, ...change } : resource
}

/** Changes one resource wherever it is shown. */
function patchResource(queryClient: QueryClient, id: string, change: Partial<Resource>): void {
  queryClient.setQueriesData<Pages>({ predicate: isList }, (old) =>
    old?.pages
      ? { ...old, pages: old.pages.map((p) => ({ ...p, items: p.items.map((r) => patched(r, id, change)) })) }
      : old,
  )
  queryClient.setQueryData<ResourcePage>(getResourceQueryKey({ path: { id } }), (old) => old && { ...old, ...change })
}

/** Mark or unmark as favourite, on press; `canVanish` where the list shows only favourites. */
export function useFavourite({ canVanish = false } = {}) {
  const queryClient = useQueryClient()
  const change = useMutation({
    mutationFn: ({ id, yes }: { id: string; yes: boolean }) =>
      (yes ? markFavourite : unmarkFavourite)({ path: { id }, throwOnError: true }),
    onMutate: ({ id, yes }) => patchResource(queryClient, id, { favourite: yes }),
    onError: (error, { id, yes }) => {
      patchResource(queryClient, id, { favourite: !yes })
      toast.error(error)
    },
    onSuccess: (_data, { id, yes }) => {
      if (!yes && canVanish) {
        toast.undo({
          message: i18n.t('library:favourite.removed'),
          onUndo: () => change.mutate({ id, yes: true }),
        })
      }
      return invalidate(queryClient, 'listResources', 'countResources')
    },
    scope: { id: 'favourite' }, // presses arrive in order
  })
  return (resource: { id: string; favourite: boolean }) => change.mutate({ id: resource.id, yes: !resource.favourite })
}

/** Takes the details that a write answered; text and files of the page stay. */
export function useTaken() {
  const queryClient = useQueryClient()
  return (saved: Resource) => {
    patchResource(queryClient, saved.id, saved)
    return invalidate(queryClient, 'listResources', 'countResources', 'getTimeline')
  }
}

export function useVerify() {
  const take = useTaken()
  return useMutation({
    ...verifyResourceMutation(),
    onError: toast.error,
    onSuccess: (saved) => {
      toast.success(i18n.t('library:verify.done'))
      return take(saved)
    },
  })
}

export function useArchive() {
  const take = useTaken()
  const restore = useMutation({ ...unarchiveResourceMutation(), onError: toast.error, onSuccess: take })
  const archive = useMutation({
    ...archiveResourceMutation(),
    onError: toast.error,
    onSuccess: (saved) => {
      toast.undo({
        message: i18n.t('library:archive.done'),
        onUndo: () => restore.mutate({ path: { id: saved.id } }),
      })
      return take(saved)
    },
  })
  return { archive, restore }
}

/** Puts another one in the place of a resource; one press brings it back. */
export function useReplace() {
  const take = useTaken()
  const { restore } = useArchive()
  return useMutation({
    ...supersedeResourceMutation(),
    onSuccess: (saved) => {
      toast.undo({
        message: i18n.t('library:replace.done'),
        onUndo: () => restore.mutate({ path: { id: saved.id } }),
      })
      return take(saved)
    },
  })
}

export function useUpdateResource() {
  const take = useTaken()
  return useMutation({ ...updateResourceMutation(), onSuccess: take })
}
