import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ifMatch } from '@/shared/api/client'
import { getSteps, proposeSteps, setSteps } from '@/shared/api/generated/sdk.gen'
import type { CalendarEntry, StepDay, Steps } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { type Day, shortDay } from '@/shared/lib/days'
import { toast } from '@/shared/ui/toast'

const daysOf = ({ items }: Steps): StepDay[] =>
  items.map(({ step, due_on, assignee }) => ({ step, due_on, assignee_id: assignee?.id }))

/** The steps after one whose day moves: which would move along is said first, and done when somebody wants it. */
export function useMoveAlong(now: Day) {
  const { t } = useTranslation('calendar')
  const queryClient = useQueryClient()

  /** Asked before the move: it counts from the day that the step has. No answer is no proposal. */
  const propose = async ({ id, state, on: from }: CalendarEntry, on: Day | undefined): Promise<StepDay[]> => {
    if (!from || !on || state === 'published' || state === 'archived') return []
    try {
      const { data } = await proposeSteps({ path: { id }, query: { step: state, on } })
      return data.steps
    } catch {
      return []
    }
  }

  const set = async (id: string, steps: StepDay[], rev: number): Promise<Steps> => {
    const { data } = await setSteps({ path: { id }, headers: ifMatch(rev), body: { steps } })
    void invalidate(queryClient, 'getCalendar', 'getSteps', 'getDraft', 'listDrafts', 'getTimeline')
    return data
  }

  const apply = async ({ id, title }: CalendarEntry, moved: StepDay[]) => {
    try {
      const { data: steps } = await getSteps({ path: { id } })
      const before = daysOf(steps)
      const dayOf = (day: StepDay) => moved.find(({ step }) => step === day.step)?.due_on ?? day.due_on
      const next = before.map((day) => ({ ...day, due_on: dayOf(day) })) // people stay
      const { rev } = await set(id, next, steps.rev)
      toast.undo({
        message: t('along.done', { title, count: moved.length }),
        onUndo: () => void set(id, before, rev).catch(toast.error),
      })
    } catch (error) {
      toast.error(error)
    }
  }

  const offer = (entry: CalendarEntry, moved: StepDay[]): void => {
    if (moved.length === 0) return
    const days = moved.map(({ step, due_on }) => `${t(`along.step.${step}`)} ${due_on ? shortDay(due_on, now) : ''}`)
    toast.link({
      message: t('along.offer', { days: days.join(', ') }),
      label: t('along.apply'),
      onOpen: () => void apply(entry, moved),
    })
  }
  return { propose, offer }
}
