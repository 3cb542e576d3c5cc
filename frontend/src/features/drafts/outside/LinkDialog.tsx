import { Button, Group, Modal, Select, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { createReviewLinkMutation } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { ReviewLink } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { formatDateTime } from '@/shared/lib/format'
import { CopyField } from '@/shared/ui/CopyField'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'

interface LinkDialogProps {
  draftId: string
  onClose: () => void
}

const lengths = [1, 3, 7, 14, 30]

/** Makes a link, and shows its address this once. */
export function LinkDialog({ draftId, onClose }: LinkDialogProps) {
  const { t } = useTranslation('outside')
  const { t: tc } = useTranslation()
  const queryClient = useQueryClient()
  const form = useForm({ initialValues: { label: '', days: '7', may_comment: true, note: '' } })
  const make = useMutation({
    ...createReviewLinkMutation(),
    onError: (error) => setFieldErrors(form, error),
    onSuccess: () => void invalidate(queryClient, 'listReviewLinks', 'getFollow'),
  })
  const handleSubmit = form.onSubmit(({ days, ...rest }) => {
    if (!make.isPending) make.mutate({ path: { id: draftId }, body: { ...rest, days: Number(days) } })
  })
  if (make.data) return <Made link={make.data} onClose={onClose} />
  return (
    <Modal opened onClose={onClose} title={t('dialog.title')}>
      <form onSubmit={handleSubmit}>
        <Stack>
          <Text size="sm">{t('dialog.lead')}</Text>
          <TextInput
            label={t('dialog.label')}
            description={t('dialog.labelHint')}
            placeholder={t('dialog.labelExample')}
            maxLength={120}
            required
            data-autofocus
            {...form.getInputProps('label')}
          />
          <Select
            label={t('dialog.days')}
            allowDeselect={false}
            data={lengths.map((count) => ({ value: String(count), label: t('dialog.day', { count }) }))}
            {...form.getInputProps('days')}
          />
          <Switch
            label={t('dialog.mayComment')}
            description={t('dialog.mayCommentHint')}
            {...form.getInputProps('may_comment', { type: 'checkbox' })}
          />
          <Textarea
            label={t('dialog.note')}
            placeholder={t('dialog.noteExample')}
            maxLength={1000}
            autosize
            minRows={2}
            maxRows={6}
            {...form.getInputProps('note')}
          />
          <FormProblem error={make.error} form={form} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {tc('action.cancel')}
            </Button>
            <Button type="submit" loading={make.isPending} disabled={!form.values.label.trim()}>
              {t('dialog.make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function Made({ link, onClose }: { link: ReviewLink; onClose: () => void }) {
  const { t } = useTranslation('outside')
  const { url = '' } = link
  return (
    // not by a click beside it: the address is gone afterwards
    <Modal opened onClose={onClose} title={t('made.title')} closeOnClickOutside={false}>
      <Stack>
        <Text size="sm">{t('made.lead', { label: link.label, date: formatDateTime(link.expires_at) })}</Text>
        <CopyField label={t('made.address')} value={url} isPrimary />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('made.done')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
