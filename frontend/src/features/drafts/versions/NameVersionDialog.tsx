import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { renameVersionMutation } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { DraftVersion } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'

interface NameVersionDialogProps {
  draftId: string
  version: DraftVersion
  onClose: () => void
}

/** A name for a version, given or changed afterwards. */
export function NameVersionDialog({ draftId, version, onClose }: NameVersionDialogProps) {
  const { t } = useTranslation('drafts')
  const { t: tc } = useTranslation()
  const queryClient = useQueryClient()
  const form = useForm({ initialValues: { label: version.label } })
  const save = useMutation({
    ...renameVersionMutation(),
    onError: (error) => setFieldErrors(form, error),
    onSuccess: async () => {
      await invalidate(queryClient, 'listVersions', 'compareDraft')
      onClose()
    },
  })
  const mustHave = version.reason === 'named'
  return (
    <Modal opened onClose={onClose} title={t('versions.nameTitle', { number: version.number })}>
      <form
        onSubmit={form.onSubmit(({ label }) =>
          save.mutate({ path: { id: draftId, version_id: version.id }, body: { label: label.trim() } }),
        )}
      >
        <Stack>
          <TextInput
            label={t('versions.keepLabel')}
            description={version.reason === 'automatic' ? t('versions.nameHint') : undefined}
            placeholder={t('versions.keepExample')}
            maxLength={120}
            required={mustHave}
            data-autofocus
            {...form.getInputProps('label')}
          />
          <FormProblem error={save.error} form={form} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {tc('action.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={mustHave && !form.values.label.trim()}>
              {tc('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
