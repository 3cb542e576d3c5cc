import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listIdeaDraftsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { DraftOfIdea, Idea } from '@/shared/api/generated/types.gen'
import { IdeaCredit } from '@/shared/insights/IdeaCredit'
import { contentTypeLabel } from '@/shared/lib/contentType'
import { today } from '@/shared/lib/days'
import { formatDate } from '@/shared/lib/format'
import { useMe } from '@/shared/session/session'
import card from '@/shared/ui/Card.module.css'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { StateBadge } from '@/shared/ui/StateBadge'
import { ErrorState } from '@/shared/ui/States'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import classes from './Outcome.module.css'

/** Pieces on their way from an idea, those that were published, and the clicks that came of them. */
export function Outcome({ idea }: { idea: Idea }) {
  const { t } = useTranslation('ideas')
  const me = useMe()
  const { data, isError, error, refetch } = useQuery(listIdeaDraftsOptions({ path: { id: idea.id } }))
  const drafts = data?.items ?? []
  const underway = drafts.filter((draft) => draft.state !== 'published')
  const isPublished = idea.state === 'published' || underway.length < drafts.length
  if (isError && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (drafts.length === 0 && !isPublished) return null
  return (
    <section className={card.section}>
      <h2>{t('outcome.title')}</h2>
      <ul className={classes.list}>
        {underway.map((draft) => (
          <li key={draft.id}>
            <Piece draft={draft} />
          </li>
        ))}
      </ul>
      {isPublished && <IdeaCredit ideaId={idea.id} isMine={idea.author.id === me.id} />}
    </section>
  )
}

function Piece({ draft }: { draft: DraftOfIdea }) {
  const { t } = useTranslation('ideas')
  return (
    <Link to="/drafts/$draftId" params={{ draftId: draft.id }} className={classes.piece}>
      <PersonAvatar person={draft.writer} size={28} />
      <span className={classes.words}>
        <span className={classes.title}>{draft.title}</span>
        <span className={classes.meta}>
          {contentTypeLabel(draft.content_type)} · {t('outcome.writer', { name: draft.writer.name })} ·{' '}
          <TimeAgo when={draft.since} />
        </span>
        <Progress draft={draft} />
      </span>
      <StateBadge state={draft.state} />
    </Link>
  )
}

const steps = ['brief', 'writing', 'in_review', 'approved']

/** How far a piece has come, and when its step is due. */
function Progress({ draft }: { draft: DraftOfIdea }) {
  const { t } = useTranslation('ideas')
  const at = steps.indexOf(draft.state)
  if (at < 0) return null
  const isLate = draft.due_on !== undefined && draft.due_on < today()
  const step = t('outcome.step', { number: at + 1 })
  return (
    <span className={classes.progress} data-late={isLate || undefined}>
      <span className={classes.steps} aria-hidden>
        {steps.map((name, n) => (
          <span key={name} data-done={n < at || undefined} data-now={n === at || undefined} />
        ))}
      </span>
      {draft.due_on ? t(isLate ? 'outcome.late' : 'outcome.due', { step, date: formatDate(draft.due_on) }) : step}
    </span>
  )
}
