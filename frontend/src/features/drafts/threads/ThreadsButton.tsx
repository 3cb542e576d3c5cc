import './i18n'
import { Button } from '@mantine/core'
import { IconMessage } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Tip } from '@/shared/ui/Tip'
import classes from './ThreadsButton.module.css'
import type { ThreadView } from './useThreadView'

/** Shows and hides the comments beside the text. */
export function ThreadsButton({ view, count = 0 }: { view: ThreadView; count: number | undefined }) {
  const { t } = useTranslation('threads')
  const hasUnsent = Boolean(view.begun?.text.trim())
  const label = [t('title'), t('count', { count }), hasUnsent && t('unsent')].filter(Boolean).join(', ')
  return (
    <Tip label={label}>
      <Button
        className={classes.button}
        size="compact-sm"
        variant={view.isOpen ? 'light' : 'subtle'}
        color={view.isOpen ? undefined : 'gray'}
        aria-label={label}
        aria-expanded={view.isOpen}
        onClick={() => view.setOpen(!view.isOpen)}
      >
        <IconMessage size={17} stroke={1.7} aria-hidden />
        <span className={classes.word}>{t('short')}</span>
        {count > 0 && <span className={classes.count}>{count}</span>}
        {hasUnsent && <span className={classes.dot} />}
      </Button>
    </Tip>
  )
}
