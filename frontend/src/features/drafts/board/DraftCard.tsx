import { IconLock, IconMessage } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Draft, PersonRef } from '@/shared/api/generated/types.gen'
import { contentTypeLabel } from '@/shared/lib/contentType'
import { useMe } from '@/shared/session/session'
import { PeopleStack } from '@/shared/ui/PersonAvatar'
import { Tip } from '@/shared/ui/Tip'
import { type Action, isMyTurn } from '../stages'
import { Approvals } from './Approvals'
import classes from './DraftCard.module.css'
import { DueDate } from './DueDate'
import { MoveMenu } from './MoveMenu'
import { useDragCard } from './useDrag'
import { Waiting } from './Waiting'

interface DraftCardProps {
  draft: Draft
  onAction: (draft: Draft, action: Action) => Promise<void>
  isBusy: boolean
}

/** The writer first, then contributors and approvers. */
export function peopleOf({ writer, people, brief }: Draft): PersonRef[] {
  return [writer, ...people.filter((p) => p.id !== writer.id && p.id !== brief?.expert_id)]
}

export function DraftCard({ draft, onAction, isBusy }: DraftCardProps) {
  const { t } = useTranslation('drafts')
  const me = useMe()
  const { ref, isDragging } = useDragCard(draft)
  const isWaiting = isMyTurn(draft, me.id)
  return (
    <div
      ref={ref}
      className={classes.card}
      data-card
      data-dragging={isDragging || undefined}
      data-busy={isBusy || undefined}
      aria-busy={isBusy || undefined}
    >
      <div className={classes.top}>
        <span className={classes.type}>{contentTypeLabel(draft.content_type)}</span>
        <Waiting draft={draft} />
        {draft.confidential && (
          <Tip label={t('card.confidential')}>
            <IconLock size={14} role="img" aria-label={t('card.confidential')} />
          </Tip>
        )}
        {isWaiting && (
          <span className={classes.turn}>
            <span className={classes.dot} aria-hidden /> {t('card.yourTurn')}
          </span>
        )}
        <MoveMenu draft={draft} onAction={(action) => void onAction(draft, action)} />
      </div>
      <Link to="/drafts/$draftId" params={{ draftId: draft.id }} className={classes.title} draggable={false}>
        {draft.title}
      </Link>
      {(draft.state === 'in_review' || draft.state === 'approved') && <Approvals draft={draft} />}
      <div className={classes.foot}>
        <PeopleStack people={peopleOf(draft)} max={3} size={22} />
        <span className={classes.facts}>
          {draft.comments > 0 && (
            <span className={classes.fact}>
              <IconMessage size={14} aria-hidden />
              <span aria-hidden>{draft.comments}</span>
              <span className={classes.hidden}>{t('card.comments', { count: draft.comments })}</span>
            </span>
          )}
          <DueDate draft={draft} />
        </span>
      </div>
    </div>
  )
}
