import './i18n'
import { useTranslation } from 'react-i18next'
import type { Sums } from '@/shared/api/generated/types.gen'
import { formatNumber } from '@/shared/lib/format'
import classes from './SumTiles.module.css'

interface SumTilesProps {
  now: Sums
  before: Sums
  days: number
}

const tiles = ['posts_shared', 'ideas_filed', 'ideas_published'] as const

/** Three numbers, each with its definition and the period before. */
export function SumTiles({ now, before, days }: SumTilesProps) {
  const { t } = useTranslation('numbers')
  return (
    <dl className={classes.tiles}>
      {tiles.map((name) => (
        <div key={name} className={classes.tile}>
          <dt className={classes.label}>{t(`sum.${name}.label`)}</dt>
          <dd className={classes.value}>{formatNumber(now[name])}</dd>
          <dd className={classes.before}>{t('sum.before', { n: formatNumber(before[name]), days })}</dd>
          <dd className={classes.definition}>{t(`sum.${name}.definition`)}</dd>
        </div>
      ))}
    </dl>
  )
}
