import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconLayoutKanban } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/shared/api/generated/types.gen'
import { EmptyState, ErrorState } from '@/shared/ui/States'
import type { BoardSearch } from '../routes'
import { type Stage, stages } from '../stages'
import { useDraftActions } from '../useDraftActions'
import classes from './Board.module.css'
import { Column } from './Column'
import { StageTabs } from './StageTabs'
import { useColumns } from './useColumns'
import { useDragMonitor } from './useDrag'
import { useLimits } from './useLimits'

const Lanes = lazy(() => import('./Lanes').then((m) => ({ default: m.Lanes })))

export interface ViewProps {
  search: BoardSearch
  /** Clears the filters, when there are any. */
  onClear?: () => void
  newButton: ReactNode
}

/** Columns by state; on phones one stage at a time. */
export function Board({ search, onClear, newButton, onStage }: ViewProps & { onStage: (stage: Stage) => void }) {
  const { t } = useTranslation('drafts')
  const { t: tc } = useTranslation()
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const columns = useColumns(search)
  const board = useLimits()
  const actions = useDraftActions()
  const [dragged, setDragged] = useState<Draft>()
  useDragMonitor({ onDragged: setDragged, onMove: (draft, action) => void actions.run(draft, action) })

  const all = Object.values(columns)
  const failed = all.find((column) => column.isError && !column.data)
  if (failed) return <ErrorState error={failed.error} onRetry={() => all.map((column) => column.refetch())} />
  if (all.every((column) => column.isSuccess && column.items.length === 0)) {
    return (
      <EmptyState
        icon={<IconLayoutKanban size={28} stroke={1.5} />}
        title={onClear ? t('filter.none') : t('empty')}
        action={
          onClear ? (
            <Button variant="default" onClick={onClear}>
              {tc('action.clearFilters')}
            </Button>
          ) : (
            newButton
          )
        }
      >
        {onClear ? t('filter.noneHint') : t('emptyHint')}
      </EmptyState>
    )
  }
  const stage = search.stage ?? stages.find((s) => (columns[s].items.length ?? 0) > 0) ?? 'brief'
  // a limit is about the whole column: filters hide a part of it
  const limits = onClear ? {} : (board.data?.limits ?? {})
  const shared = { dragged, actions }
  const column = (s: Stage) => (
    <Column key={s} stage={s} list={columns[s]} limit={limits[s]} hasHeading={!isPhone} {...shared} />
  )
  return (
    <>
      {isPhone && (
        <StageTabs columns={columns} value={stage} onChange={onStage}>
          {column(stage)}
        </StageTabs>
      )}
      <Suspense>
        {!isPhone && search.lanes && <Lanes kind={search.lanes} columns={columns} limits={limits} {...shared} />}
      </Suspense>
      {!isPhone && !search.lanes && <div className={classes.board}>{stages.map(column)}</div>}
      {actions.dialog}
    </>
  )
}
