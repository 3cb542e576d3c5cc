import './i18n'
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getShareAddressOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Share } from '@/shared/api/generated/types.gen'
import { CopyField } from '@/shared/ui/CopyField'
import { DialogFoot } from '@/shared/ui/DialogFoot'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import { useCreateShare } from './api'
import { emptyValues, newShareOf } from './form'
import { ShareFieldset } from './ShareFieldset'

interface ShareDialogProps {
  resources: { id: string; title: string }[]
  onClose: () => void
}

/** Makes a link for one person outside, and shows it. */
export function ShareDialog({ resources, onClose }: ShareDialogProps) {
  const { t } = useTranslation('shares')
  const { t: tc } = useTranslation()
  const form = useForm({ initialValues: emptyValues })
  const create = useCreateShare()
  const handleSubmit = form.onSubmit((values) =>
    create.mutate(
      {
        body: newShareOf(
          values,
          resources.map((r) => r.id),
        ),
      },
      { onError: (error) => setFieldErrors(form, error) },
    ),
  )
  const made = create.data
  return (
    <Modal
      opened
      onClose={onClose}
      title={made ? t('ready.title', { name: made.recipient }) : t('form.title')}
      closeButtonProps={{ 'aria-label': tc('action.close') }}
    >
      {made ? (
        <Ready share={made} passcode={form.getValues().passcode} onClose={onClose} />
      ) : (
        <form onSubmit={handleSubmit}>
          <Text size="sm" c="dimmed" mb="md">
            {resources.map((r) => r.title).join(', ')}
          </Text>
          <ShareFieldset form={form} isNew />
          <FormProblem error={create.error} form={form} />
          <DialogFoot>
            <Button variant="default" onClick={onClose}>
              {tc('action.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('form.submit')}
            </Button>
          </DialogFoot>
        </form>
      )}
    </Modal>
  )
}

/** The link, and the passcode this one time. */
function Ready({ share, passcode, onClose }: { share: Share; passcode: string; onClose: () => void }) {
  const { t } = useTranslation('shares')
  const address = useQuery({
    ...getShareAddressOptions({ path: { id: share.id } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const url = address.data?.url ?? ''
  const navigate = useNavigate()
  const handleOpen = () => {
    onClose()
    void navigate({ to: '/shares/$shareId', params: { shareId: share.id } })
  }
  return (
    <Stack>
      <Text size="sm">{t('ready.body', { name: share.recipient })}</Text>
      <FormProblem error={address.error} />
      <CopyField label={t('ready.link')} value={url} copyLabel={t('link.copy')} isPrimary />
      {passcode && <CopyField label={t('ready.passcode')} value={passcode} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={handleOpen}>
          {t('ready.open')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('ready.done')}
        </Button>
      </Group>
    </Stack>
  )
}
