import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import type { PostSteps } from './api'

interface ReasonDialogProps {
  /** Decline needs a reason, recall may have one. */
  step: 'decline' | 'recall'
  steps: PostSteps
  onClose: () => void
}

export function ReasonDialog({ step, steps, onClose }: ReasonDialogProps) {
  const { t } = useTranslation('posts')
  const { t: tc } = useTranslation()
  const mutation = steps[step]
  const form = useForm({
    initialValues: { reason: '' },
    validate: { reason: (v) => (step === 'decline' && !v.trim() ? t('decline.needsReason') : null) },
  })
  const handleClose = () => {
    mutation.reset()
    onClose()
  }
  const handleSubmit = form.onSubmit(({ reason }) =>
    mutation.mutate(
      { path: steps.path, body: { reason: reason.trim() } },
      { onSuccess: handleClose, onError: (error) => setFieldErrors(form, error) },
    ),
  )
  return (
    <Modal opened onClose={handleClose} title={t(`${step}.title`)}>
      <form onSubmit={handleSubmit}>
        <Stack>
          <Text size="sm">{t(`${step}.lead`)}</Text>
          <Textarea
            label={t(`${step}.reason`)}
            autosize
            minRows={3}
            maxLength={2000}
            data-autofocus
            {...form.getInputProps('reason')}
          />
          <FormProblem error={mutation.error} form={form} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={handleClose}>
              {tc('action.cancel')}
            </Button>
            <Button type="submit" color="red" loading={mutation.isPending}>
              {t(`${step}.confirm`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
