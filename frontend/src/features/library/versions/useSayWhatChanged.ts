import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ifMatch } from '@/shared/api/client'
import { noteResourceVersion } from '@/shared/api/generated/sdk.gen'
import { invalidate } from '@/shared/api/invalidate'
import { i18n } from '@/shared/i18n'
import { toast } from '@/shared/ui/toast'

interface Said {
  note: string
  /** Of the version as one saw it. */
  rev: number
  /** What was said before. */
  was: string
}

/** Says what changed with a version. What is taken away can be brought back. */
export function useSayWhatChanged(resourceId: string, number: number) {
  const queryClient = useQueryClient()
  const reload = () => invalidate(queryClient, 'listResourceVersions', 'compareResourceVersions', 'getTimeline')
  const send = async ({ note, rev }: Said) => {
    const { data } = await noteResourceVersion({
      path: { id: resourceId, number },
      headers: ifMatch(rev),
      body: { note },
      throwOnError: true,
    })
    return data
  }
  const undo = useMutation({ mutationFn: send, onError: toast.error, onSuccess: reload })
  const save = useMutation({
    mutationFn: send,
    onSuccess: async (saved, { note, was }) => {
      await reload()
      if (was && !note) {
        toast.undo({
          message: i18n.t('compare:unsaid', { number }),
          onUndo: () => undo.mutate({ note: was, rev: saved.rev, was: '' }),
        })
      }
    },
  })
  return { save, reload }
}
