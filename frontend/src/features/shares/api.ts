import { useMutation, useQueryClient } from '@tanstack/react-query'
import { createShareMutation, updateShareMutation } from '@/shared/api/generated/@tanstack/react-query.gen'
import { getShareAddress, restoreShares, revokeShares, transferShare } from '@/shared/api/generated/sdk.gen'
import type { RevokeSharesData, TransferShareData } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { i18n } from '@/shared/i18n'
import { toast } from '@/shared/ui/toast'

export function useTaken() {
  const queryClient = useQueryClient()
  return () => invalidate(queryClient, 'listShares', 'countShares', 'getShare', 'getShareReading')
}

/** Closes links at once; one press opens those again that were closed by it. */
export function useRevoke() {
  const taken = useTaken()
  const restore = useMutation({
    mutationFn: async ({ body }: Pick<RevokeSharesData, 'body'>) =>
      (await restoreShares({ body, throwOnError: true })).data,
    onError: toast.error,
    onSuccess: () => {
      toast.success(i18n.t('shares:revoke.restored'))
      return taken()
    },
  })
  const revoke = useMutation({
    mutationFn: async ({ body }: Pick<RevokeSharesData, 'body'>) =>
      (await revokeShares({ body, throwOnError: true })).data,
    onError: toast.error,
    onSuccess: ({ ids }) => {
      if (ids.length === 0) toast.success(i18n.t('shares:revoke.none'))
      else
        toast.undo({
          message: i18n.t('shares:revoke.done', { count: ids.length }),
          onUndo: () => restore.mutate({ body: { ids } }),
        })
      return taken()
    },
  })
  return { revoke, restore }
}

export function useCreateShare() {
  return useMutation({ ...createShareMutation(), onSuccess: useTaken() })
}

export function useUpdateShare() {
  return useMutation({ ...updateShareMutation(), onSuccess: useTaken() })
}

export function useTransfer() {
  return useMutation({
    mutationFn: async ({ path, body }: Pick<TransferShareData, 'path' | 'body'>) =>
      (await transferShare({ path, body, throwOnError: true })).data,
    onSuccess: useTaken(),
  })
}

/** The link, told only when it is asked for. */
export async function addressOf(id: string): Promise<string> {
  const { data } = await getShareAddress({ path: { id }, throwOnError: true })
  return data.url
}
