import { Button } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/shared/api/generated/types.gen'
import { contentTypeLabel } from '@/shared/lib/contentType'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { type Stage, stages, stepTo } from '../stages'
import type { useDraftActions } from '../useDraftActions'
import { useIdeas } from '../useIdeas'
import board from './Board.module.css'
import { ColumnHead } from './ColumnHead'
import { DraftCard } from './DraftCard'
import classes from './Lanes.module.css'
import { type Lane, type LaneKind, lanesOf } from './lanes'
import type { ColumnList } from './useColumns'
import { useDropColumn } from './useDrag'

interface LanesProps {
  kind: LaneKind
  columns: Record<Stage, ColumnList>
  limits: Record<string, number>
  dragged: Draft | undefined
  actions: ReturnType<typeof useDraftActions>
}

/** The board cut across: a lane per writer, type or idea. A drag moves between steps; it never changes the lane. */
export function Lanes({ kind, columns, limits, dragged, actions }: LanesProps) {
  const { t } = useTranslation('drafts')
  const [folded, setFolded] = useLocalStorage<string[]>({ key: `byline-lanes-${kind}`, defaultValue: [] })
  const all = stages.flatMap((stage) => columns[stage].items)
  const ideas = useIdeas(kind === 'idea' ? [...new Set(all.flatMap((d) => d.ideas.slice(0, 1)))] : [])
  const labelOf = ({ person, about }: Lane): string => {
    if (person) return person.name
    if (!about) return t('lanes.noIdea')
    if (kind === 'type') return contentTypeLabel(about)
    return ideas.find((idea) => idea.id === about)?.title ?? t('lanes.hiddenIdea')
  }
  const hasMore = stages.some((stage) => columns[stage].hasNextPage)
  return (
    <div className={classes.lanes}>
      <div className={classes.row}>
        {stages.map((stage) => (
          <div key={stage} className={classes.head}>
            <ColumnHead stage={stage} list={columns[stage]} limit={limits[stage]} />
          </div>
        ))}
      </div>
      {lanesOf(all, kind, labelOf).map(([lane, ids]) => {
        const isFolded = folded.includes(lane.key)
        const label = labelOf(lane)
        return (
          <section key={lane.key} aria-label={label} className={classes.lane}>
            <button
              type="button"
              className={classes.fold}
              aria-expanded={!isFolded}
              onClick={() => setFolded(isFolded ? folded.filter((k) => k !== lane.key) : [...folded, lane.key])}
            >
              {isFolded ? <IconChevronRight size={16} aria-hidden /> : <IconChevronDown size={16} aria-hidden />}
              {lane.person && <PersonAvatar person={lane.person} size={22} />}
              <span className={classes.name}>{label}</span>
              <span className={board.count}>{ids.size}</span>
            </button>
            {!isFolded && (
              <div className={classes.row}>
                {stages.map((stage) => (
                  <Cell
                    key={stage}
                    stage={stage}
                    items={columns[stage].items.filter((d) => ids.has(d.id))}
                    dragged={dragged}
                    actions={actions}
                  />
                ))}
              </div>
            )}
          </section>
        )
      })}
      {hasMore && (
        <div className={classes.row}>
          {stages.map((stage) => (
            <div key={stage}>
              {columns[stage].hasNextPage && (
                <Button
                  variant="subtle"
                  size="xs"
                  loading={columns[stage].isFetchingNextPage}
                  onClick={() => void columns[stage].fetchNextPage()}
                >
                  {t('column.more')}
                </Button>
              )}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

interface CellProps {
  stage: Stage
  items: Draft[]
  dragged: Draft | undefined
  actions: ReturnType<typeof useDraftActions>
}

function Cell({ stage, items, dragged, actions }: CellProps) {
  const { t } = useTranslation('drafts')
  const { ref, isOver } = useDropColumn(stage)
  const step = dragged && dragged.state !== stage ? stepTo(dragged, stage) : undefined
  return (
    <section
      ref={ref}
      className={board.column}
      data-drop={step && (step.action ? 'yes' : 'no')}
      data-over={isOver || undefined}
    >
      {isOver && step?.action && <p className={board.dropHint}>{t(`action.${step.action}`)}</p>}
      <ul className={board.cards}>
        {items.map((draft) => (
          <li key={draft.id}>
            <DraftCard draft={draft} onAction={actions.run} isBusy={actions.busyId === draft.id} />
          </li>
        ))}
      </ul>
    </section>
  )
}
