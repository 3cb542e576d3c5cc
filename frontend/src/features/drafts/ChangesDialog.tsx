import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/shared/api/generated/types.gen'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import { useMoveDraft } from './api'

/** Sends a draft back, with what should change. */
export function ChangesDialog({ draft, onClose }: { draft: Draft; onClose: () => void }) {
  const { t } = useTranslation('drafts')
  const { t: tc } = useTranslation()
  const move = useMoveDraft()
  const form = useForm({ initialValues: { comment: '' } })
  const handleSubmit = form.onSubmit(({ comment }) =>
    move.mutate(
      { path: { id: draft.id }, body: { action: 'request_changes', comment: comment.trim() } },
      { onSuccess: onClose, onError: (error) => setFieldErrors(form, error) },
    ),
  )
  return (
    <Modal opened onClose={onClose} title={t('changes.title')}>
      <form onSubmit={handleSubmit}>
        <Stack>
          <Textarea
            label={t('changes.label')}
            description={t('changes.hint')}
            autosize
            minRows={4}
            maxLength={10_000}
            required
            data-autofocus
            {...form.getInputProps('comment')}
          />
          <FormProblem error={move.error} form={form} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {tc('action.cancel')}
            </Button>
            <Button type="submit" loading={move.isPending} disabled={!form.values.comment.trim()}>
              {t('changes.title')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
