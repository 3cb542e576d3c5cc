import { Button, Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/shared/api/generated/types.gen'
import { type Stage, stepTo } from '../stages'
import type { useDraftActions } from '../useDraftActions'
import classes from './Board.module.css'
import { ColumnHead, isOverLimit } from './ColumnHead'
import { DraftCard } from './DraftCard'
import type { ColumnList } from './useColumns'
import { useDropColumn } from './useDrag'

interface ColumnProps {
  stage: Stage
  list: ColumnList
  /** The card that is being dragged, over whichever column. */
  dragged: Draft | undefined
  actions: ReturnType<typeof useDraftActions>
  hasHeading: boolean
  limit: number | undefined
}

export function Column({ stage, list, dragged, actions, hasHeading, limit }: ColumnProps) {
  const { t } = useTranslation('drafts')
  const { t: tc } = useTranslation()
  const { ref, isOver } = useDropColumn(stage)
  const step = dragged && dragged.state !== stage ? stepTo(dragged, stage) : undefined
  const drop = step && (step.action ? 'yes' : 'no')
  return (
    <section
      ref={ref}
      className={classes.column}
      aria-label={tc(`state.${stage}`)}
      data-drop={drop}
      data-over={isOver || undefined}
      data-full={isOverLimit(list, limit) || undefined}
    >
      {hasHeading && <ColumnHead stage={stage} list={list} limit={limit} />}
      {step?.action && <p className={classes.dropHint}>{t(`action.${step.action}`)}</p>}
      {step?.why && <p className={classes.dropHint}>{t(`move.${step.why}`)}</p>}
      {list.isPending && <Skeleton height={110} radius="md" />}
      <ul className={classes.cards} data-old={list.isPlaceholderData || undefined}>
        {list.items.map((draft) => (
          <li key={draft.id}>
            <DraftCard draft={draft} onAction={actions.run} isBusy={actions.busyId === draft.id} />
          </li>
        ))}
      </ul>
      {list.isSuccess && list.items.length === 0 && <p className={classes.empty}>{t('column.empty')}</p>}
      {list.hasNextPage && (
        <Button variant="subtle" size="xs" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('column.more')}
        </Button>
      )}
    </section>
  )
}
