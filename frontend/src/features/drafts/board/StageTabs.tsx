import { Tabs } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Stage, stages } from '../stages'
import classes from './Board.module.css'
import type { ColumnList } from './useColumns'

interface StageTabsProps {
  columns: Record<Stage, ColumnList>
  value: Stage
  onChange: (stage: Stage) => void
  /** The column of the stage. */
  children: ReactNode
}

export function StageTabs({ columns, value, onChange, children }: StageTabsProps) {
  const { t } = useTranslation('drafts')
  const { t: tc } = useTranslation()
  return (
    <Tabs value={value} onChange={(next) => next && onChange(next as Stage)} keepMounted={false}>
      <Tabs.List className={classes.tabs} aria-label={t('column.stage')}>
        {stages.map((stage) => (
          <Tabs.Tab key={stage} value={stage} id={`stage-${stage}`}>
            {tc(`state.${stage}`)} <span className={classes.count}>{countOf(columns[stage])}</span>
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={value}>{children}</Tabs.Panel>
    </Tabs>
  )
}

/** "30+" while there are more to be loaded. */
export function countOf(list: ColumnList): string {
  if (!list.isSuccess) return ''
  return `${list.items.length}${list.hasNextPage ? '+' : ''}`
}
