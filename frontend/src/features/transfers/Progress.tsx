import { Progress as Bar } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Transfer } from '@/shared/api/generated/types.gen'
import { formatNumber } from '@/shared/lib/format'
import classes from './Transfers.module.css'

/** How far a transfer is, as a bar and in words. */
export function TransferProgress({ transfer: { done, total } }: { transfer: Transfer }) {
  const { t } = useTranslation('transfers')
  const isKnown = total > 0
  const words = isKnown ? t('progress', { done: formatNumber(done), total: formatNumber(total) }) : t('progressUnknown')
  return (
    <div className={classes.progress}>
      <Bar.Root size="sm">
        <Bar.Section
          value={isKnown ? (100 * done) / total : 100}
          animated={!isKnown}
          striped={!isKnown}
          aria-label={t('progressLabel')}
        />
      </Bar.Root>
      <span className={classes.hint}>{words}</span>
    </div>
  )
}
