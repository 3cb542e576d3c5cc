import { Alert, Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isStale } from '@/shared/api/problem'

interface StaleNoticeProps {
  error: unknown
  /** Drops the own input and shows what the others wrote. */
  onTakeTheirs: () => void
  /** Saves the own input on top of the newest revision. */
  onKeepMine?: () => void
}

/** After a 412: nothing is lost, the user chooses. Draws nothing for other errors. */
export function StaleNotice({ error, onTakeTheirs, onKeepMine }: StaleNoticeProps) {
  const { t } = useTranslation()
  if (!isStale(error)) return null
  return (
    <Alert color="yellow" role="alert" title={t('stale.title')}>
      <Text size="sm">{t('stale.body')}</Text>
      <Group mt="sm" gap="xs">
        <Button size="xs" variant="default" onClick={onTakeTheirs}>
          {t('stale.takeTheirs')}
        </Button>
        {onKeepMine && (
          <Button size="xs" onClick={onKeepMine}>
            {t('stale.keepMine')}
          </Button>
        )}
      </Group>
    </Alert>
  )
}
