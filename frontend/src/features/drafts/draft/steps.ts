import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ifMatch } from '@/shared/api/client'
import { getStepsQueryKey, setStepsMutation } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Step, StepDay, Steps } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { addDays, today } from '@/shared/lib/days'

/** The days and people as they are, to be sent back: what undo sets. */
export function daysOf(items: Step[]): StepDay[] {
  return items.map(({ step, due_on, assignee }) => ({ step, due_on, assignee_id: assignee?.id }))
}

/** The days as they would be when some of them move; people stay. */
export function withMoved(items: Step[], moved: StepDay[]): StepDay[] {
  return daysOf(items).map((day) => {
    const other = moved.find((m) => m.step === day.step)
    return other ? { ...day, due_on: other.due_on } : day
  })
}

export type Urgency = 'overdue' | 'soon' | undefined

/** Whether an open step is late, or due within three days. */
export function urgencyOf(step: Step, now = today()): Urgency {
  if (step.finished_at || !step.due_on) return undefined
  if (step.due_on < now) return 'overdue'
  return step.due_on < addDays(now, 3) ? 'soon' : undefined
}

export function useSetSteps(draftId: string) {
  const queryClient = useQueryClient()
  const path = { id: draftId }
  const mutation = useMutation({
    ...setStepsMutation(),
    onSuccess: (steps) => {
      queryClient.setQueryData(getStepsQueryKey({ path }), steps)
      void invalidate(queryClient, 'getDraft', 'listDrafts', 'getCalendar', 'getTimeline')
    },
    onError: () => invalidate(queryClient, 'getSteps', 'getDraft'),
  })
  return {
    ...mutation,
    set: (steps: StepDay[], on: Pick<Steps, 'rev'>) =>
      mutation.mutateAsync({ path, headers: ifMatch(on.rev), body: { steps } }),
  }
}
