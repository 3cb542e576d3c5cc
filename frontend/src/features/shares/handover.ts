import { useMutation } from '@tanstack/react-query'
import { handOverShares, undoShareHandover } from '@/shared/api/generated/sdk.gen'
import { i18n } from '@/shared/i18n'
import { toast } from '@/shared/ui/toast'
import { useTaken } from './api'

/** Gives shares to a colleague; one press takes back what it moved. */
export function useHandover() {
  const taken = useTaken()
  const undo = useMutation({
    mutationFn: async (id: string) => (await undoShareHandover({ path: { id }, throwOnError: true })).data,
    onError: toast.error,
    onSuccess: ({ ids }) => {
      toast.success(i18n.t('shares:handover.undone', { count: ids.length }))
      return taken()
    },
  })
  return useMutation({
    mutationFn: async ({ ids, to }: { ids: string[]; to: { id: string; name: string } }) =>
      (await handOverShares({ body: { ids, person_id: to.id }, throwOnError: true })).data,
    onSuccess: ({ id, moved }, { to }) => {
      if (id)
        toast.undo({
          message: i18n.t('shares:handover.done', { count: moved.length, name: to.name }),
          onUndo: () => undo.mutate(id),
        })
      return taken()
    },
  })
}
