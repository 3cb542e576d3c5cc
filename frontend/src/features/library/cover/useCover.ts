import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ifMatch } from '@/shared/api/client'
import { removeResourceCover, setResourceCover } from '@/shared/api/generated/sdk.gen'
import type { Resource, ResourceCover } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { isStale } from '@/shared/api/problem'
import { i18n } from '@/shared/i18n'
import { useMe } from '@/shared/session/session'
import { toast } from '@/shared/ui/toast'
import { startUpload, uploaded } from '@/shared/uploads/uploads'
import { useTaken } from '../api'

const largest = 20 * 2 ** 20
export const coverTypes = ['image/png', 'image/jpeg', 'image/webp']

interface Wanted {
  /** Of the resource as one saw it. */
  rev: number
  /** Absent takes the choice back. */
  cover?: ResourceCover
  /** To be uploaded first. */
  file?: File
  was?: ResourceCover
  isUndo?: boolean
}

/** Chooses the picture of a resource; undo brings back what was chosen before. */
export function useCover(id: string, onDone: () => void) {
  const me = useMe()
  const take = useTaken()
  const queryClient = useQueryClient()
  const set = useMutation({
    mutationFn: async ({ rev, cover: chosen, file }: Wanted): Promise<Resource> => {
      let cover = chosen
      if (file) {
        if (!coverTypes.includes(file.type)) throw new Error(i18n.t('cover:noPicture', { name: file.name }))
        if (file.size > largest) throw new Error(i18n.t('cover:tooLarge', { name: file.name }))
        const asset = await uploaded(startUpload(file, { userId: me.id, isQuiet: true }))
        cover = { asset_id: asset.id, page: 0 }
      }
      const about = { path: { id }, headers: ifMatch(rev), throwOnError: true } as const
      const { data } = cover ? await setResourceCover({ ...about, body: cover }) : await removeResourceCover(about)
      return data
    },
    onError: (error, { isUndo }) => {
      if (isUndo) toast.error(error)
      if (isStale(error)) void invalidate(queryClient, 'getResource') // then the next press sees what is there now
    },
    onSuccess: async (saved, { was, isUndo }) => {
      await take({ ...saved, cover: saved.cover }) // named, so that none takes the place of one
      void invalidate(queryClient, 'listCollections', 'getCollection')
      if (isUndo) return
      onDone()
      toast.undo({
        message: i18n.t(saved.cover ? 'cover:changed' : 'cover:removed'),
        onUndo: () => set.mutate({ rev: saved.rev, cover: was, isUndo: true }),
      })
    },
  })
  return set
}
