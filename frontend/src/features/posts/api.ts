import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ifMatch } from '@/shared/api/client'
import {
  createPostMutation,
  declinePostMutation,
  getPostOptions,
  getPostQueryKey,
  offerPostMutation,
  recallPostMutation,
  sealPostMutation,
  sharePostMutation,
  updatePostMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Post, PostWords } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { isConflict } from '@/shared/api/problem'
import { toast } from '@/shared/ui/toast'

/** What a change of one field leaves as it is: the API takes the post whole. */
export function wordsOf(post: Post): PostWords {
  const { network, text, suggestions, disclosure, media_asset_id, link_target, expires_at } = post
  return { network, text, suggestions, disclosure, media_asset_id, link_target, expires_at }
}

/** Takes over the post that a write answers, and marks as old what follows from it. */
function useTakeOver() {
  const queryClient = useQueryClient()
  return (post: Post) => {
    queryClient.setQueryData(getPostQueryKey({ path: { id: post.id } }), post)
    void invalidate(
      queryClient,
      'listPosts',
      'listPostClones',
      'getHome',
      'getTimeline',
      'getPersonNumbers',
      'getOverview',
    )
  }
}

export function useCreatePost() {
  const onSuccess = useTakeOver()
  return useMutation({ ...createPostMutation(), onSuccess })
}

/** The offer that follows at once on writing. */
export function useOfferNew() {
  const onSuccess = useTakeOver()
  return useMutation({ ...offerPostMutation(), onSuccess })
}

/** Saves words on top of a revision; the newest post is read again before "Save mine instead". */
export function useSavePost(post: Post) {
  const queryClient = useQueryClient()
  const onSuccess = useTakeOver()
  const path = { id: post.id }
  const save = useMutation({ ...updatePostMutation(), onSuccess })
  const readNewest = () => queryClient.fetchQuery({ ...getPostOptions({ path }), staleTime: 0 })
  return {
    ...save,
    readNewest,
    /** Changes some fields of the revision that is shown, or of a newer one. */
    change: (fields: Partial<PostWords>, base: Post = post) =>
      save.mutateAsync({ path, headers: ifMatch(base.rev), body: { ...wordsOf(base), ...fields } }),
  }
}

/** The steps of a post. A step that is not possible any more shows the post as it is now. */
export function usePostSteps(id: string) {
  const { t } = useTranslation('posts')
  const queryClient = useQueryClient()
  const takeOver = useTakeOver()
  const path = { id }
  const onError = (error: unknown) => {
    toast.error(error)
    if (isConflict(error)) void invalidate(queryClient, 'getPost', 'listPosts')
  }
  const done = (key: 'offer' | 'seal' | 'share' | 'decline' | 'recall') => (post: Post) => {
    takeOver(post)
    toast.success(t(`done.${key}`, { name: post.owner.name.split(' ')[0] }))
  }
  const offer = useMutation({ ...offerPostMutation(), onError, onSuccess: done('offer') })
  const seal = useMutation({ ...sealPostMutation(), onSuccess: done('seal') })
  const share = useMutation({ ...sharePostMutation(), onSuccess: done('share') })
  const decline = useMutation({ ...declinePostMutation(), onSuccess: done('decline') })
  const recall = useMutation({ ...recallPostMutation(), onSuccess: done('recall') })
  return {
    offer,
    seal,
    share,
    decline,
    recall,
    refresh: () => invalidate(queryClient, 'getPost', 'listPosts'),
    path,
  }
}

export type PostSteps = ReturnType<typeof usePostSteps>
