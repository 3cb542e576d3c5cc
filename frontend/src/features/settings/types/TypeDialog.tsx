import { Button, Modal, NativeSelect, NumberInput, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { ifMatch } from '@/shared/api/client'
import type { ContentType } from '@/shared/api/generated/types.gen'
import { isStale } from '@/shared/api/problem'
import { DialogFoot } from '@/shared/ui/DialogFoot'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import { StaleNotice } from '@/shared/ui/StaleNotice'
import { toast } from '@/shared/ui/toast'
import { useCreateType, useUpdateType } from './api'
import classes from './ContentTypes.module.css'
import { briefFields, fieldsOf, keyFrom, stepNames, valuesOf } from './typeForm'

const PeopleSelect = lazy(() => import('@/shared/people/PeopleSelect').then((m) => ({ default: m.PeopleSelect })))

const PersonSelect = lazy(() => import('@/shared/people/PersonSelect').then((m) => ({ default: m.PersonSelect })))

const modes = ['both_sides', 'named', 'n_of_m'] as const

interface TypeDialogProps {
  /** Absent: a new one. */
  type?: ContentType
  isReadOnly: boolean
  onClose: () => void
}

export function TypeDialog({ type, isReadOnly, onClose }: TypeDialogProps) {
  const { t } = useTranslation('settings')
  const { t: tc } = useTranslation()
  const create = useCreateType()
  const update = useUpdateType()
  const form = useForm({ initialValues: valuesOf(type) })
  const { values } = form
  const isPending = create.isPending || update.isPending
  const key = form.isTouched('key') ? values.key : keyFrom(values.name)
  const onError = (error: unknown) => setFieldErrors(form, error)
  const send = (rev: number | undefined) => {
    const body = fieldsOf(values)
    const done = (message: string) => () => {
      toast.success(message)
      onClose()
    }
    if (type) {
      update.mutate(
        { path: { key: type.key }, headers: ifMatch(rev), body },
        { onError, onSuccess: done(t('types.saved')) },
      )
    } else {
      create.mutate({ body: { ...body, key } }, { onError, onSuccess: done(t('types.created', { name: body.name })) })
    }
  }
  return (
    <Modal opened onClose={onClose} size="lg" title={type ? t('types.edit', { name: type.name }) : t('types.new')}>
      <form onSubmit={form.onSubmit(() => send(type?.rev))}>
        <fieldset disabled={isPending || isReadOnly} className={classes.form}>
          <Stack>
            {isReadOnly && <p className={classes.note}>{t('types.readOnly')}</p>}
            <div className={classes.pair}>
              <TextInput
                label={t('types.name')}
                required
                maxLength={60}
                data-autofocus
                {...form.getInputProps('name')}
              />
              {!type && (
                <TextInput
                  label={t('types.key')}
                  description={t('types.keyHint')}
                  inputWrapperOrder={['label', 'input', 'description', 'error']}
                  required
                  maxLength={40}
                  {...form.getInputProps('key')}
                  value={key}
                />
              )}
            </div>
            <TextInput
              label={t('types.description')}
              description={t('types.descriptionHint')}
              maxLength={500}
              {...form.getInputProps('description')}
            />
            <h3 className={classes.part}>{t('types.steps')}</h3>
            <div className={classes.numbers}>
              {stepNames.map((step) => (
                <NumberInput
                  key={step}
                  label={t(`types.step.${step}`)}
                  min={0}
                  max={250}
                  {...form.getInputProps(`step_days.${step}`)}
                />
              ))}
            </div>
            <h3 className={classes.part}>{t('types.approval')}</h3>
            <div className={classes.pair}>
              <NativeSelect
                label={t('types.mode')}
                description={t(`types.modeHints.${values.approval_mode}`)}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                data={modes.map((value) => ({ value, label: t(`types.modes.${value}`) }))}
                {...form.getInputProps('approval_mode')}
              />
              {values.approval_mode === 'n_of_m' && (
                <NumberInput label={t('types.needed')} min={1} max={9} {...form.getInputProps('approvals_needed')} />
              )}
            </div>
            {values.approval_mode !== 'both_sides' && (
              <Suspense>
                <PeopleSelect
                  label={t('types.approvers')}
                  value={values.approver_ids}
                  onChange={(ids) => form.setFieldValue('approver_ids', ids)}
                  readOnly={isReadOnly}
                />
              </Suspense>
            )}
            <div className={classes.numbers}>
              <NumberInput label={t('types.remind')} min={1} max={720} {...form.getInputProps('remind_hours')} />
              <NumberInput label={t('types.escalate')} min={2} max={1440} {...form.getInputProps('escalate_hours')} />
            </div>
            <h3 className={classes.part}>{t('types.published')}</h3>
            <div className={classes.pair}>
              <NumberInput label={t('types.review')} min={1} max={60} {...form.getInputProps('review_months')} />
              <Suspense>
                <PersonSelect
                  label={t('types.keeper')}
                  description={t('types.keeperHint')}
                  inputWrapperOrder={['label', 'input', 'description', 'error']}
                  clearable
                  value={values.keeper_id ?? null}
                  onChange={(id) => form.setFieldValue('keeper_id', id ?? undefined)}
                  error={form.errors.keeper_id}
                />
              </Suspense>
            </div>
            <h3 className={classes.part}>{t('types.brief')}</h3>
            {briefFields.map((field) => (
              <Textarea
                key={field}
                label={t(`types.field.${field}`)}
                autosize
                minRows={1}
                maxLength={field === 'audience' ? 500 : 1000}
                {...form.getInputProps(`brief.${field}`)}
                value={values.brief[field] ?? ''}
              />
            ))}
            <Textarea
              label={t('types.checklist')}
              description={t('types.checklistHint')}
              autosize
              minRows={3}
              {...form.getInputProps('checklist')}
            />
            {!isStale(update.error) && <FormProblem error={create.error ?? update.error} form={form} />}
          </Stack>
        </fieldset>
        <StaleNotice
          error={update.error}
          onTakeTheirs={onClose}
          onKeepMine={() => send(isStale(update.error) ? update.error?.rev : type?.rev)}
        />
        <DialogFoot>
          <Button variant="default" onClick={onClose}>
            {isReadOnly ? tc('action.close') : tc('action.cancel')}
          </Button>
          {!isReadOnly && (
            <Button type="submit" loading={isPending}>
              {t('types.save')}
            </Button>
          )}
        </DialogFoot>
      </form>
    </Modal>
  )
}
