import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconCheck, IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getShareAddressOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Share } from '@/shared/api/generated/types.gen'
import { CopyField } from '@/shared/ui/CopyField'
import { FormProblem } from '@/shared/ui/FormProblem'
import type { SharedPlace } from '@/shared/ui/overlays'
import { linkAt } from './recent'

interface ReadyProps {
  share: Share
  passcode: string
  at?: SharedPlace
  /** The link is in the clipboard already. */
  isCopied: boolean
  onClose: () => void
}

/** The link, and the passcode this one time. */
export function Ready({ share, passcode, at, isCopied, onClose }: ReadyProps) {
  const { t } = useTranslation('shares')
  const address = useQuery({
    ...getShareAddressOptions({ path: { id: share.id } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const url = address.data ? linkAt(address.data.url, at) : ''
  const navigate = useNavigate()
  const handleOpen = () => {
    onClose()
    void navigate({ to: '/shares/$shareId', params: { shareId: share.id } })
  }
  // the phone's own way to hand something on: mail, messages
  const handleSend = () => void navigator.share({ url, text: share.note || undefined }).catch(() => undefined)
  return (
    <Stack>
      {isCopied && (
        <Alert color="green" variant="light" icon={<IconCheck size={18} />} p="xs">
          {t('ready.copied')}
        </Alert>
      )}
      <Text size="sm">{t('ready.body', { name: share.recipient })}</Text>
      <FormProblem error={address.error} />
      <CopyField label={t('ready.link')} value={url} copyLabel={t('link.copy')} isPrimary={!isCopied} />
      {passcode && <CopyField label={t('ready.passcode')} value={passcode} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={handleOpen}>
          {t('ready.open')}
        </Button>
        {'share' in navigator && (
          <Button
            variant="default"
            leftSection={<IconSend size={16} stroke={1.7} />}
            disabled={!url}
            onClick={handleSend}
          >
            {t('ready.send')}
          </Button>
        )}
        <Button variant={isCopied ? 'filled' : 'default'} data-autofocus={isCopied || undefined} onClick={onClose}>
          {t('ready.done')}
        </Button>
      </Group>
    </Stack>
  )
}
