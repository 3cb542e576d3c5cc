import { useTranslation } from 'react-i18next'
import { StateBadge } from '@/shared/ui/StateBadge'
import type { Stage } from '../stages'
import classes from './Board.module.css'
import { countOf } from './StageTabs'
import type { ColumnList } from './useColumns'

/** Whether a column holds more than it should. */
export function isOverLimit(list: ColumnList, limit: number | undefined): boolean {
  return limit !== undefined && (list.items.length > limit || (list.items.length === limit && list.hasNextPage))
}

interface ColumnHeadProps {
  stage: Stage
  list: ColumnList
  /** None while filters hide a part of the column. */
  limit: number | undefined
}

/** Name of a column, how much is in it, and how much should be. */
export function ColumnHead({ stage, list, limit }: ColumnHeadProps) {
  const { t } = useTranslation('drafts')
  const isOver = isOverLimit(list, limit)
  const count = countOf(list)
  return (
    <h2 className={classes.heading}>
      <StateBadge state={stage} />
      <span
        className={classes.count}
        data-over-limit={isOver || undefined}
        title={limit === undefined ? undefined : t(isOver ? 'limits.over' : 'limits.of', { count: limit })}
      >
        {limit === undefined ? count : `${count} / ${limit}`}
        {isOver && <span className={classes.hidden}>{t('limits.over', { count: limit })}</span>}
      </span>
    </h2>
  )
}
