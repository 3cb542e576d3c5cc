import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getIdeaNumbersOptions, listIdeaDraftsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Count, DraftOfIdea, Idea } from '@/shared/api/generated/types.gen'
import { formatDateTime, formatNumber } from '@/shared/lib/format'
import card from '@/shared/ui/Card.module.css'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { StateBadge } from '@/shared/ui/StateBadge'
import { ErrorState } from '@/shared/ui/States'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import classes from './Outcome.module.css'

const notCounted = ['preview', 'scanner', 'prefetch', 'internal', 'unknown'] as const

/** Requests that were not people, by class. */
export function restOf(why: Count[]): { name: (typeof notCounted)[number]; n: number }[] {
  return notCounted
    .map((name) => ({ name, n: why.filter((c) => c.class === name).reduce((sum, c) => sum + c.n, 0) }))
    .filter(({ n }) => n > 0)
}

/** The pieces that were made from an idea, and the clicks that came of them. Draws nothing while there are none. */
export function Outcome({ idea }: { idea: Idea }) {
  const { t } = useTranslation('ideas')
  const path = { id: idea.id }
  const drafts = useQuery(listIdeaDraftsOptions({ path }))
  const numbers = useQuery(getIdeaNumbersOptions({ path }))
  const items = drafts.data?.items ?? []
  const shares = numbers.data?.shares ?? 0
  const raw = numbers.data?.raw ?? 0
  if (drafts.isError && !drafts.data) return <ErrorState error={drafts.error} onRetry={() => void drafts.refetch()} />
  if (items.length === 0 && shares === 0 && raw === 0) return null
  return (
    <section className={card.section}>
      <h2>{t('outcome.title')}</h2>
      <ul className={classes.list}>
        {items.map((draft) => (
          <li key={draft.id}>
            <Piece draft={draft} />
          </li>
        ))}
      </ul>
      {numbers.data && (shares > 0 || raw > 0) && <Clicks {...numbers.data} />}
    </section>
  )
}

function Piece({ draft }: { draft: DraftOfIdea }) {
  const { t } = useTranslation('ideas')
  const body = (
    <>
      <span className={classes.words}>
        <span className={classes.title}>{draft.title}</span>
        <span className={classes.meta}>
          {t(`type.${draft.content_type as 'blog_post'}`, { defaultValue: draft.content_type })} ·{' '}
          {draft.state === 'published' ? t('outcome.resource') : t('outcome.writer', { name: draft.writer.name })} ·{' '}
          <TimeAgo when={draft.since} />
        </span>
      </span>
      <StateBadge state={draft.state} />
    </>
  )
  if (draft.resource_id && draft.state === 'published') {
    return (
      <Link to="/library/$resourceId" params={{ resourceId: draft.resource_id }} className={classes.piece}>
        {body}
      </Link>
    )
  }
  return (
    <Link to="/drafts/$draftId" params={{ draftId: draft.id }} className={classes.piece}>
      <PersonAvatar person={draft.writer} size={28} />
      {body}
    </Link>
  )
}

interface ClicksProps {
  as_of: string
  human: number
  raw: number
  shares: number
  why: Count[]
}

function Clicks({ as_of, human, raw, shares, why }: ClicksProps) {
  const { t } = useTranslation('ideas')
  const rest = restOf(why).map(({ name, n }) => t(`hits.${name}`, { count: n }))
  return (
    <div className={classes.clicks}>
      <p className={classes.sum}>
        <span className={classes.number}>{formatNumber(human)}</span> {t('outcome.clicks', { count: human })},{' '}
        {t('outcome.shares', { count: shares })}
      </p>
      <Text size="sm" c="dimmed">
        {rest.length > 0 ? t('outcome.raw', { count: raw, why: rest.join(', ') }) : t('outcome.noneNotCounted')}{' '}
        {t('outcome.asOf', { time: formatDateTime(as_of) })}
      </Text>
    </div>
  )
}
