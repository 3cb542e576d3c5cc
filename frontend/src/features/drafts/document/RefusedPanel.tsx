import { Alert, Button, CopyButton, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { toast } from '@/shared/ui/toast'
import { plainText } from './plainText'
import type { SaveStatus } from './transport'

interface RefusedPanelProps {
  status: Extract<SaveStatus, { kind: 'refused' }>
  onDiscard: () => Promise<void>
}

/** The server does not take the text: says why, and lets nobody lose it. */
export function RefusedPanel({ status, onDiscard }: RefusedPanelProps) {
  const { t } = useTranslation('drafts')
  const { t: tc } = useTranslation()
  return (
    <Alert color="red" variant="light" role="alert" title={t('text.refused.title')} mb="md">
      <Text size="sm">
        {status.reason} {t('text.refused.hint')}
      </Text>
      <Group gap="xs" mt="sm">
        <CopyButton value={plainText(status.mine)}>
          {({ copied, copy }) => (
            <Button size="xs" onClick={copy}>
              {copied ? tc('action.copied') : t('text.refused.copy')}
            </Button>
          )}
        </CopyButton>
        <Button size="xs" variant="default" onClick={() => void onDiscard().catch(toast.error)}>
          {t('text.refused.discard')}
        </Button>
      </Group>
    </Alert>
  )
}
