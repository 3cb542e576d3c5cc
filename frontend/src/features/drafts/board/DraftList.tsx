import { Button } from '@mantine/core'
import { IconLayoutKanban } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listDraftsInfiniteOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Draft, ListDraftsResponse } from '@/shared/api/generated/types.gen'
import { useInfiniteList } from '@/shared/api/useInfiniteList'
import { contentTypeLabel } from '@/shared/lib/contentType'
import { useMe } from '@/shared/session/session'
import { PeopleStack } from '@/shared/ui/PersonAvatar'
import { StateBadge } from '@/shared/ui/StateBadge'
import { EmptyState, ErrorState, SkeletonList } from '@/shared/ui/States'
import { isMyTurn } from '../stages'
import { useDraftActions } from '../useDraftActions'
import { Approvals } from './Approvals'
import type { ViewProps } from './Board'
import { peopleOf } from './DraftCard'
import cards from './DraftCard.module.css'
import classes from './DraftList.module.css'
import { DueDate } from './DueDate'
import { MoveMenu } from './MoveMenu'
import { queryOf } from './query'
import { Waiting } from './Waiting'

/** The same pieces in one list, in an order of choice; also shows the archive. */
export function DraftList({ search, onClear, newButton }: ViewProps) {
  const { t } = useTranslation('drafts')
  const { t: tc } = useTranslation()
  const list = useInfiniteList<ListDraftsResponse>(listDraftsInfiniteOptions({ query: queryOf(search) }))
  const actions = useDraftActions()
  return (
    <>
      {list.isPending && <SkeletonList height={56} />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.items.length === 0 && (
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
      )}
      <ul className={classes.list} data-old={list.isPlaceholderData || undefined}>
        {list.items.map((draft) => (
          <Row key={draft.id} draft={draft} actions={actions} />
        ))}
      </ul>
      <div ref={list.endRef} />
      {actions.dialog}
    </>
  )
}

function Row({ draft, actions }: { draft: Draft; actions: ReturnType<typeof useDraftActions> }) {
  const { t } = useTranslation('drafts')
  const me = useMe()
  return (
    <li className={classes.row} data-card aria-busy={actions.busyId === draft.id || undefined}>
      <span className={classes.state}>
        <StateBadge state={draft.state} />
      </span>
      <div className={classes.words}>
        <Link to="/drafts/$draftId" params={{ draftId: draft.id }} className={cards.title}>
          {draft.title}
        </Link>
        <span className={cards.type}>
          {contentTypeLabel(draft.content_type)} · {draft.writer.name}
        </span>
      </div>
      {isMyTurn(draft, me.id) && (
        <span className={cards.turn}>
          <span className={cards.dot} aria-hidden /> {t('card.yourTurn')}
        </span>
      )}
      {draft.state === 'in_review' && <Approvals draft={draft} />}
      <Waiting draft={draft} />
      <span className={classes.due}>
        <DueDate draft={draft} />
      </span>
      <span className={classes.people}>
        <PeopleStack people={peopleOf(draft)} max={4} size={24} />
      </span>
      <MoveMenu draft={draft} onAction={(action) => void actions.run(draft, action)} />
    </li>
  )
}
