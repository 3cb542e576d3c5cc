import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { ifMatch } from '@/shared/api/client'
import { addAbsence, changeAbsence } from '@/shared/api/generated/sdk.gen'
import type { Absence } from '@/shared/api/generated/types.gen'
import { useMe } from '@/shared/session/session'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import { SkeletonList } from '@/shared/ui/States'
import classes from './AbsenceDialog.module.css'

const PersonSelect = lazy(() => import('@/shared/people/PersonSelect').then((m) => ({ default: m.PersonSelect })))

interface AbsenceDialogProps {
  absence: Absence | undefined
  onSaved: () => Promise<void> | undefined
  onClose: () => void
}

const today = () => new Intl.DateTimeFormat('sv').format(new Date())

/** Days away, and a colleague of one's side who approves meanwhile. */
export function AbsenceDialog({ absence, onSaved, onClose }: AbsenceDialogProps) {
  const { t } = useTranslation('settings')
  const { t: tc } = useTranslation()
  const me = useMe()
  const form = useForm({
    initialValues: {
      starts_on: absence?.starts_on ?? today(),
      ends_on: absence?.ends_on ?? today(),
      delegate_id: absence?.delegate?.id ?? null,
      note: absence?.note ?? '',
    },
  })
  const save = useMutation({
    mutationFn: ({ delegate_id, ...rest }: typeof form.values) => {
      const body = { ...rest, delegate_id: delegate_id ?? undefined }
      return absence
        ? changeAbsence({ path: { id: absence.id }, headers: ifMatch(absence.rev), body })
        : addAbsence({ body })
    },
    onError: (error) => setFieldErrors(form, error),
    onSuccess: async () => {
      await onSaved()
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title={absence ? t('away.changeTitle') : t('away.addTitle')}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          <div className={classes.days}>
            <TextInput
              type="date"
              label={t('away.from')}
              required
              data-autofocus
              {...form.getInputProps('starts_on')}
            />
            <TextInput
              type="date"
              label={t('away.until')}
              required
              min={form.values.starts_on}
              {...form.getInputProps('ends_on')}
            />
          </div>
          <Suspense fallback={<SkeletonList rows={1} height={58} />}>
            <PersonSelect
              label={t('away.delegate')}
              description={t('away.delegateHint')}
              side={me.side}
              exclude={[me.id]}
              clearable
              value={form.values.delegate_id}
              error={form.errors.delegate_id}
              onChange={(id) => form.setFieldValue('delegate_id', id)}
            />
          </Suspense>
          <TextInput label={t('away.note')} maxLength={200} {...form.getInputProps('note')} />
          <Text size="xs" c="dimmed">
            {t('away.zone', { zone: me.timezone ?? 'UTC' })}
          </Text>
          <FormProblem error={save.error} form={form} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {tc('action.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {tc('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
