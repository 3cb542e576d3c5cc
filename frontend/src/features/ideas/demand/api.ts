import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  answerDemandMutation,
  dismissDemandMutation,
  linkDemandMutation,
  requestDemandMutation,
  restoreDemandMutation,
  unanswerDemandMutation,
  unlinkDemandMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import type { DemandCard } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { toast } from '@/shared/ui/toast'

/** What is said when something was done: the row is gone from its list by then, so it cannot say so itself. */
interface Said {
  onRequested: (card: DemandCard) => void
  onDismissed: () => void
  onRestored: () => void
  onUnlinked: () => void
  onUnanswered: (card: DemandCard) => void
}

/** What is done with a card. Another tab may have done it already: the answer is the card as it is now. */
export function useDemandActions({ onRequested, onDismissed, onRestored, onUnlinked, onUnanswered }: Said) {
  const queryClient = useQueryClient()
  const again = () => invalidate(queryClient, 'listDemand')
  const request = useMutation({
    ...requestDemandMutation(),
    onError: toast.error,
    onSuccess: onRequested,
    onSettled: () => Promise.all([again(), invalidate(queryClient, 'listIdeas', 'getHome')]),
  })
  const common = { onError: toast.error, onSettled: again }
  const dismiss = useMutation({ ...dismissDemandMutation(), ...common, onSuccess: onDismissed })
  const restore = useMutation({ ...restoreDemandMutation(), ...common, onSuccess: onRestored })
  const unlink = useMutation({ ...unlinkDemandMutation(), ...common, onSuccess: onUnlinked })
  // taken back from a toast, when neither the row nor its dialog is there any more
  const link = useMutation({ ...linkDemandMutation(), ...common })
  const unanswer = useMutation({ ...unanswerDemandMutation(), ...common, onSuccess: onUnanswered })
  const answer = useMutation({ ...answerDemandMutation(), ...common })
  return { request, dismiss, restore, unlink, link, unanswer, answer }
}

/** For the dialogs, which show what the server refuses. They are gone with their row once the list is there anew. */
export function useLinkIdea(onLinked: (card: DemandCard) => void) {
  const queryClient = useQueryClient()
  return useMutation({
    ...linkDemandMutation(),
    onSuccess: onLinked,
    onSettled: () => invalidate(queryClient, 'listDemand'),
  })
}

export function useAnswerDemand(onAnswered: (card: DemandCard) => void) {
  const queryClient = useQueryClient()
  return useMutation({
    ...answerDemandMutation(),
    onSuccess: onAnswered,
    onSettled: () => invalidate(queryClient, 'listDemand'),
  })
}
