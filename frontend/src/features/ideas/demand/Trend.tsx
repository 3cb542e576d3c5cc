import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DemandCard } from '@/shared/api/generated/types.gen'
import { Tip } from '@/shared/ui/Tip'
import classes from './Demand.module.css'

/** The last 14 days against the 14 before. */
export function Trend({ recent, before }: Pick<DemandCard, 'recent' | 'before'>) {
  const { t } = useTranslation('ideas')
  const way = recent > before ? (before === 0 ? 'fresh' : 'more') : recent < before ? 'less' : 'same'
  const Icon = { fresh: IconArrowUpRight, more: IconArrowUpRight, less: IconArrowDownRight, same: IconArrowRight }[way]
  const words = t('demand.trend', { recent, before })
  return (
    <Tip label={words}>
      <span className={classes.trend} data-way={way}>
        <Icon size={16} aria-hidden />
        <span aria-hidden>{t('demand.recent', { recent })}</span>
        <span className={classes.spoken}>{words}</span>
      </span>
    </Tip>
  )
}
