import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { proposeSteps } from '@/shared/api/generated/sdk.gen'
import type { Draft, StepDay, Steps } from '@/shared/api/generated/types.gen'
import { shortDay } from '@/shared/lib/days'
import { PersonSelect } from '@/shared/people/PersonSelect'
import { FormProblem } from '@/shared/ui/FormProblem'
import { toast } from '@/shared/ui/toast'
import classes from './StepsPanel.module.css'
import { daysOf, useSetSteps } from './steps'

interface StepsDialogProps {
  draft: Draft
  steps: Steps
  onClose: () => void
}

/** Days and people of the steps that are not over. A day that moves can take those after it along. */
export function StepsDialog({ draft, steps, onClose }: StepsDialogProps) {
  const { t } = useTranslation('drafts')
  const { t: tc } = useTranslation()
  const before = daysOf(steps.items)
  const [days, setDays] = useState<StepDay[]>(before)
  const [isAlong, setAlong] = useState(true)
  const save = useSetSteps(draft.id)
  const open = steps.items.filter((step) => !step.finished_at).map((step) => step.step)
  const dayOf = (list: StepDay[], step: StepDay['step']) => list.find((day) => day.step === step)?.due_on
  const change = (step: StepDay['step'], part: Partial<StepDay>) =>
    setDays((now) => now.map((day) => (day.step === step ? { ...day, ...part } : day)))

  const handleDay = async (step: StepDay['step'], on: string) => {
    change(step, { due_on: on || undefined })
    if (!isAlong || !on || !dayOf(before, step)) return
    try {
      const { data } = await proposeSteps({ path: { id: draft.id }, query: { step, on } })
      for (const moved of data.steps) change(moved.step, { due_on: moved.due_on })
    } catch (error) {
      toast.error(error)
    }
  }
  const handleSave = async () => {
    try {
      const after = await save.set(days, steps)
      toast.undo({ message: t('steps.saved'), onUndo: () => void save.set(before, after).catch(toast.error) })
      onClose()
    } catch {
      // shown above the buttons
    }
  }
  return (
    <Modal opened onClose={onClose} title={t('steps.edit')}>
      <Stack>
        {days
          .filter(({ step }) => open.includes(step))
          .map(({ step, due_on, assignee_id }) => {
            const name = t(`steps.step.${step}`)
            const was = dayOf(before, step)
            return (
              <div key={step} className={classes.fields}>
                <TextInput
                  type="date"
                  label={t('steps.day', { step: name })}
                  value={due_on ?? ''}
                  onChange={(event) => void handleDay(step, event.currentTarget.value)}
                  description={
                    was && was !== due_on ? `${shortDay(was)} → ${due_on ? shortDay(due_on) : '–'}` : undefined
                  }
                  inputWrapperOrder={['label', 'input', 'description']}
                />
                <PersonSelect
                  label={t('steps.person', { step: name })}
                  placeholder={t('steps.nobody')}
                  clearable
                  value={assignee_id ?? null}
                  onChange={(id) => change(step, { assignee_id: id ?? undefined })}
                />
              </div>
            )
          })}
        <Checkbox
          label={t('steps.along')}
          checked={isAlong}
          onChange={(event) => setAlong(event.currentTarget.checked)}
        />
        <FormProblem error={save.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {tc('action.cancel')}
          </Button>
          <Button onClick={() => void handleSave()} loading={save.isPending}>
            {t('steps.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
