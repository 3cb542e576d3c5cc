import './i18n'
import { Button } from '@mantine/core'
import { IconMessage } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './ThreadsButton.module.css'
import type { ThreadView } from './useThreadView'

/** Shows and hides the comments beside the text. */
export function ThreadsButton({ view, count }: { view: ThreadView; count: number | undefined }) {
  const { t } = useTranslation('threads')
  const hasUnsent = Boolean(view.begun?.text.trim())
  return (
    <Button
      className={classes.button}
      size="compact-sm"
      variant={view.isOpen ? 'light' : 'subtle'}
      color={view.isOpen ? undefined : 'gray'}
      leftSection={<IconMessage size={16} stroke={1.7} aria-hidden />}
      aria-expanded={view.isOpen}
      title={hasUnsent ? t('unsent') : undefined}
      onClick={() => view.setOpen(!view.isOpen)}
    >
      {t('short')}
      {Boolean(count) && <span className={classes.count}>{count}</span>}
      {hasUnsent && <span className={classes.dot} role="img" aria-label={t('unsent')} />}
    </Button>
  )
}
