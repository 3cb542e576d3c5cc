import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import {
  deleteReviewCommentMutation,
  editReviewCommentMutation,
  getReviewOptions,
  getReviewQueryKey,
  introduceReviewerMutation,
  listReviewThreadsOptions,
  listReviewThreadsQueryKey,
  replyInReviewMutation,
  startReviewThreadMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Review } from '@/shared/api/generated/types.gen'
import { isGone, isNotFound } from '@/shared/api/problem'

const lookAgain = 10_000

/** The text behind a link, and what was said by it. `closed` is why it opens nothing, or nothing any more. */
export function useReview(token: string, isWriting: boolean) {
  const path = { token }
  const review = useQuery({ ...getReviewOptions({ path }), retry: retryUnlessClosed })
  const threads = useQuery({
    ...listReviewThreadsOptions({ path }),
    enabled: review.isSuccess,
    refetchInterval: lookAgain,
    retry: retryUnlessClosed,
  })
  const isOld = review.isSuccess && threads.isSuccess && threads.data.version > review.data.version
  const { refetch } = review
  useEffect(() => {
    if (isOld && !isWriting) void refetch() // what is being commented on stays as it is
  }, [isOld, isWriting, refetch])
  const closed = [review.error, threads.error].find((error) => isGone(error) || isNotFound(error))
  return { review, threads, closed }
}

function retryUnlessClosed(failures: number, error: unknown): boolean {
  return failures < 1 && !isGone(error) && !isNotFound(error)
}

/** Everything that somebody outside does. */
export function useReviewWrites(token: string) {
  const queryClient = useQueryClient()
  const path = { token }
  const onSettled = () => queryClient.invalidateQueries({ queryKey: listReviewThreadsQueryKey({ path }) })
  return {
    introduce: useMutation({
      ...introduceReviewerMutation(),
      onSuccess: (reviewer) =>
        queryClient.setQueryData<Review>(getReviewQueryKey({ path }), (review) => review && { ...review, reviewer }),
    }),
    start: useMutation({ ...startReviewThreadMutation(), onSettled }),
    reply: useMutation({ ...replyInReviewMutation(), onSettled }),
    edit: useMutation({ ...editReviewCommentMutation(), onSettled }),
    remove: useMutation({ ...deleteReviewCommentMutation(), onSettled }),
  }
}

export type ReviewWrites = ReturnType<typeof useReviewWrites>
