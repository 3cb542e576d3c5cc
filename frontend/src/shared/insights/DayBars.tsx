import './i18n'
import { useTranslation } from 'react-i18next'
import type { DayCount } from '@/shared/api/generated/types.gen'
import { formatDate, formatNumber } from '@/shared/lib/format'
import { bucketsOf } from './buckets'
import classes from './DayBars.module.css'

interface DayBarsProps {
  days: DayCount[]
  since: string
  asOf: string
}

/** Clicks of people over time, as bars; by week when it is long. */
export function DayBars({ days, since, asOf }: DayBarsProps) {
  const { t } = useTranslation('numbers')
  const { size, buckets } = bucketsOf(days, since, asOf)
  const title = t(size === 1 ? 'days' : 'weeks')
  const total = buckets.reduce((sum, b) => sum + b.human, 0)
  const top = buckets.reduce((best, b) => (b.human > best.human ? b : best), { day: '', human: 0, other: 0 })
  const label =
    total === 0
      ? t('daysEmpty', { title })
      : t('daysSummary', { title, total, day: formatDate(top.day), most: top.human })
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.title}>
        <span>{title}</span>
        {top.human > 0 && <span className={classes.most}>{formatNumber(top.human)}</span>}
      </figcaption>
      <div className={classes.bars} role="img" aria-label={label}>
        {buckets.map((b) => (
          <span
            key={b.day}
            className={classes.slot}
            title={t('bar', { day: formatDate(b.day), human: b.human, other: b.other })}
          >
            <span
              className={classes.bar}
              data-empty={b.human === 0 || undefined}
              style={{ height: b.human === 0 ? undefined : `${Math.max(4, (b.human / top.human) * 100)}%` }}
            />
          </span>
        ))}
      </div>
      <div className={classes.axis} aria-hidden>
        <span>{formatDate(buckets[0]?.day ?? since)}</span>
        <span>{formatDate(asOf)}</span>
      </div>
    </figure>
  )
}
