import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import type { PostSteps } from './api'

/** "I posted it", with the address where it stands, if it is known. */
export function PostedDialog({ steps, onClose }: { steps: PostSteps; onClose: () => void }) {
  const { t } = useTranslation('posts')
  const { t: tc } = useTranslation()
  const { share } = steps
  const form = useForm({ initialValues: { url: '' } })
  const handleClose = () => {
    share.reset()
    onClose()
  }
  const handleSubmit = form.onSubmit(({ url }) =>
    share.mutate(
      { path: steps.path, body: { url: url.trim() || undefined } },
      { onSuccess: handleClose, onError: (error) => setFieldErrors(form, error) },
    ),
  )
  return (
    <Modal opened onClose={handleClose} title={t('posted.title')}>
      <form onSubmit={handleSubmit} noValidate>
        <Stack>
          <Text size="sm">{t('posted.lead')}</Text>
          <TextInput
            label={t('posted.url')}
            description={t('posted.urlHint')}
            type="url"
            inputMode="url"
            placeholder="https://"
            maxLength={1000}
            data-autofocus
            {...form.getInputProps('url')}
          />
          <FormProblem error={share.error} form={form} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={handleClose}>
              {tc('action.cancel')}
            </Button>
            <Button type="submit" loading={share.isPending}>
              {t('posted.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
