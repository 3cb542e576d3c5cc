import { ActionIcon, Button, Group } from '@mantine/core'
import { IconCheck, IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getStepsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Draft, MovedSteps, Step, Steps } from '@/shared/api/generated/types.gen'
import { shortDay } from '@/shared/lib/days'
import { formatDate } from '@/shared/lib/format'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { SkeletonList } from '@/shared/ui/States'
import { toast } from '@/shared/ui/toast'
import classes from './StepsPanel.module.css'
import { daysOf, urgencyOf, useSetSteps, withMoved } from './steps'

const StepsDialog = lazy(() => import('./StepsDialog').then((m) => ({ default: m.StepsDialog })))

/** When each step is due and whose it is; and what becomes of the next ones when one was early or late. */
export function StepsPanel({ draft }: { draft: Draft }) {
  const { t } = useTranslation('drafts')
  const { data } = useQuery(getStepsOptions({ path: { id: draft.id } }))
  const [isEditing, setEditing] = useState(false)
  const mayEdit = draft.allowed.includes('schedule')
  return (
    <section aria-label={t('steps.title')}>
      <div className={classes.head}>
        <h2 className={classes.title}>{t('steps.title')}</h2>
        {mayEdit && data && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={34}
            aria-label={t('steps.edit')}
            onClick={() => setEditing(true)}
          >
            <IconPencil size={16} />
          </ActionIcon>
        )}
      </div>
      {!data && <SkeletonList rows={4} height={26} />}
      <ul className={classes.steps}>
        {data?.items.map((step) => (
          <StepLine key={step.step} step={step} isNow={draft.state === step.step} />
        ))}
      </ul>
      {mayEdit && data?.proposal && <Proposal draftId={draft.id} steps={data} proposal={data.proposal} />}
      <Suspense>
        {isEditing && data && <StepsDialog draft={draft} steps={data} onClose={() => setEditing(false)} />}
      </Suspense>
    </section>
  )
}

function StepLine({ step, isNow }: { step: Step; isNow: boolean }) {
  const { t } = useTranslation('drafts')
  const urgency = urgencyOf(step)
  const date = step.due_on ? shortDay(step.due_on) : ''
  const words = step.finished_at
    ? t('steps.done', { date: formatDate(step.finished_at) })
    : date && t('steps.due', { date })
  const label = urgency ? t(`steps.${urgency}`, { date }) : words
  return (
    <li className={classes.step} data-now={isNow || undefined} data-done={Boolean(step.finished_at) || undefined}>
      <span className={classes.mark} aria-hidden>
        {step.finished_at && <IconCheck size={12} stroke={3} />}
      </span>
      <span className={classes.name}>{t(`steps.step.${step.step}`)}</span>
      <span className={classes.day} data-urgency={urgency}>
        {label || t('steps.noDay')}
      </span>
      {step.assignee && !step.finished_at && (
        <span className={classes.who}>
          <PersonAvatar person={step.assignee} size={20} />
          {step.assignee.name}
        </span>
      )}
    </li>
  )
}

interface ProposalProps {
  draftId: string
  steps: Steps
  proposal: MovedSteps
}

function Proposal({ draftId, steps, proposal }: ProposalProps) {
  const { t } = useTranslation('drafts')
  const setSteps = useSetSteps(draftId)
  const isLate = proposal.days > 0
  const because = t(`steps.step.${proposal.because}`)
  const answer = async (isApplied: boolean) => {
    const before = daysOf(steps.items)
    try {
      const after = await setSteps.set(isApplied ? withMoved(steps.items, proposal.steps) : [], steps)
      if (isApplied) {
        toast.undo({ message: t('steps.moved'), onUndo: () => void setSteps.set(before, after).catch(toast.error) })
      } else toast.success(t('steps.kept'))
    } catch (error) {
      toast.error(error)
    }
  }
  return (
    <div className={classes.proposal} role="status">
      <p>
        {t(isLate ? 'steps.late' : 'steps.early', { step: because, count: Math.abs(proposal.days) })} {t('steps.moves')}
      </p>
      <ul>
        {proposal.steps.map(({ step, due_on }) => (
          <li key={step}>
            {t('steps.alongTo', {
              step: t(`steps.step.${step}`),
              from: shortDay(steps.items.find((s) => s.step === step)?.due_on ?? ''),
              to: shortDay(due_on ?? ''),
            })}
          </li>
        ))}
      </ul>
      <Group gap="xs">
        <Button size="xs" onClick={() => void answer(true)} loading={setSteps.isPending}>
          {t('steps.apply')}
        </Button>
        <Button size="xs" variant="default" onClick={() => void answer(false)} disabled={setSteps.isPending}>
          {t('steps.decline')}
        </Button>
      </Group>
    </div>
  )
}
