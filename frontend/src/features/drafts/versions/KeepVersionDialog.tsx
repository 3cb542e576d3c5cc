import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { nameVersion } from '@/shared/api/generated/sdk.gen'
import { invalidate } from '@/shared/api/invalidate'
import { ApiError } from '@/shared/api/problem'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import { openDocuments } from '../document/pending'

/** Keeps the piece as it is now, under a name. */
export function KeepVersionDialog({ draftId, onClose }: { draftId: string; onClose: () => void }) {
  const { t } = useTranslation('drafts')
  const { t: tc } = useTranslation()
  const queryClient = useQueryClient()
  const form = useForm({ initialValues: { label: '' } })
  const keep = useMutation({
    mutationFn: async (label: string) => {
      if (!(await openDocuments.flush(draftId))) throw new ApiError({ code: 'conflict', detail: t('move.unsaved') })
      return nameVersion({ path: { id: draftId }, body: { label } })
    },
    onError: (error) => setFieldErrors(form, error),
    onSuccess: async () => {
      await invalidate(queryClient, 'listVersions')
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title={t('versions.keepTitle')}>
      <form onSubmit={form.onSubmit(({ label }) => keep.mutate(label.trim()))}>
        <Stack>
          <TextInput
            label={t('versions.keepLabel')}
            placeholder={t('versions.keepExample')}
            maxLength={120}
            required
            data-autofocus
            {...form.getInputProps('label')}
          />
          <FormProblem error={keep.error} form={form} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {tc('action.cancel')}
            </Button>
            <Button type="submit" loading={keep.isPending} disabled={!form.values.label.trim()}>
              {t('versions.keep')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
