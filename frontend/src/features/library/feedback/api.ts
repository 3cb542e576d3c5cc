import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  answerFeedbackMutation,
  giveFeedbackMutation,
  removeFeedbackMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import { invalidate } from '@/shared/api/invalidate'
import { toast } from '@/shared/ui/toast'

function useRefresh() {
  const queryClient = useQueryClient()
  return () => invalidate(queryClient, 'listFeedback', 'listOpenFeedback', 'getTimeline')
}

export function useFeedback() {
  const onSuccess = useRefresh()
  return {
    give: useMutation({ ...giveFeedbackMutation(), onError: toast.error, onSuccess }),
    // a refused answer shows the one that somebody else gave meanwhile
    answer: useMutation({ ...answerFeedbackMutation(), onError: toast.error, onSettled: onSuccess }),
    remove: useMutation({ ...removeFeedbackMutation(), onError: toast.error, onSuccess }),
  }
}
