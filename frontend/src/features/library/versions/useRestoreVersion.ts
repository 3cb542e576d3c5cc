import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ifMatch } from '@/shared/api/client'
import { restoreResourceVersion } from '@/shared/api/generated/sdk.gen'
import type { Resource } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { i18n } from '@/shared/i18n'
import { toast } from '@/shared/ui/toast'

interface Wanted {
  number: number
  /** Of the resource as one saw it. */
  rev: number
  /** The version that was current then. */
  was: number
  isUndo?: boolean
}

/** Brings a version back as the next one; undo brings back, likewise, what was there before. */
export function useRestoreVersion(resource: Resource) {
  const queryClient = useQueryClient()
  const restore = useMutation({
    mutationFn: async ({ number, rev }: Wanted) => {
      const { data } = await restoreResourceVersion({
        path: { id: resource.id, number },
        headers: ifMatch(rev),
        throwOnError: true,
      })
      return data
    },
    onError: toast.error,
    onSuccess: async (saved, { number, was, isUndo }) => {
      await invalidate(
        queryClient,
        'getResource',
        'listResources',
        'listResourceVersions',
        'compareResourceVersions',
        'getTimeline',
      )
      if (isUndo) return
      toast.undo({
        message: i18n.t('compare:restored', { number, next: saved.version }),
        onUndo: () => restore.mutate({ number: was, rev: saved.rev, was: saved.version, isUndo: true }),
      })
    },
  })
  return restore
}
