import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ifMatch } from '@/shared/api/client'
import {
  arrangeViewsMutation,
  createViewMutation,
  deleteViewMutation,
  listViewsQueryKey,
  restoreViewMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import { stopTellingOfView, tellOfView, updateView } from '@/shared/api/generated/sdk.gen'
import type { ListSavedView, SavedView, ViewFields } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { toast } from '@/shared/ui/toast'

/** Whether one is told of what is new in a view. */
export function useTell() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async ({ id, yes }: { id: string; yes: boolean }) => {
      const { data } = await (yes ? tellOfView : stopTellingOfView)({ path: { id }, throwOnError: true })
      return data
    },
    onSettled: () => invalidate(queryClient, 'listViews'),
  })
}

/** Everything that is done with views of a page. */
export function useViewActions(page: SavedView['page']) {
  const queryClient = useQueryClient()
  const again = () => invalidate(queryClient, 'listViews')
  const queryKey = listViewsQueryKey({ query: { page } })
  const patch = (change: (items: SavedView[]) => SavedView[]) => {
    const before = queryClient.getQueryData<ListSavedView>(queryKey)
    if (before) queryClient.setQueryData<ListSavedView>(queryKey, { ...before, items: change(before.items) })
    return before
  }
  const undo = (before: ListSavedView | undefined) => before && queryClient.setQueryData(queryKey, before)

  const create = useMutation({ ...createViewMutation(), onSuccess: again })
  const update = useMutation({
    mutationFn: async ({ view, fields }: { view: SavedView; fields: ViewFields }) => {
      const { data } = await updateView({ path: { id: view.id }, headers: ifMatch(view.rev), body: fields })
      return data
    },
    onSettled: again,
  })
  const restore = useMutation({ ...restoreViewMutation(), onError: toast.error, onSettled: again })
  const remove = useMutation({
    ...deleteViewMutation(),
    onMutate: async ({ path }) => {
      await queryClient.cancelQueries({ queryKey })
      return patch((items) => items.filter((v) => v.id !== path.id))
    },
    onError: (error, _vars, before) => {
      undo(before)
      toast.error(error)
    },
    onSettled: again,
  })
  const arrange = useMutation({
    ...arrangeViewsMutation(),
    scope: { id: `views-${page}` },
    onMutate: async ({ body }) => {
      await queryClient.cancelQueries({ queryKey })
      const place = (v: SavedView) => body.ids.indexOf(v.id)
      return patch((items) =>
        items.map((v) => ({ ...v, opens: v.id === body.opens })).sort((a, b) => place(a) - place(b)),
      )
    },
    onError: (error, _vars, before) => {
      undo(before)
      toast.error(error)
    },
    onSettled: again,
  })
  return { create, update, remove, restore, arrange }
}
