import './i18n'
import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getReviewBoardOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { KeptResource, ReviewPart } from '@/shared/api/generated/types.gen'
import { contentTypeLabel } from '@/shared/lib/contentType'
import { formatDate, formatNumber } from '@/shared/lib/format'
import { ReviewActions } from '@/shared/review/ReviewActions'
import { isMarketer, useMe } from '@/shared/session/session'
import { LinkAnchor, LinkButton } from '@/shared/ui/links'
import { PageHeader } from '@/shared/ui/PageHeader'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import { OpenFeedback } from './feedback/OpenFeedback'
import classes from './ReviewBoardPage.module.css'
import { reviewBoardRoute } from './routes'

const nameOf = ({ stale, hot }: ReviewPart) => `${stale ? 'stale' : 'fresh'}${hot ? 'Hot' : 'Cold'}` as const

/** Everything in the library in four parts; what people rely on although it may be wrong comes first. */
export function ReviewBoardPage() {
  const { t } = useTranslation('library')
  const me = useMe()
  const { mine } = reviewBoardRoute.useSearch()
  const navigate = useNavigate({ from: reviewBoardRoute.fullPath })
  const board = useQuery(getReviewBoardOptions({ query: { mine: mine || undefined } }))
  const seesAll = isMarketer(me) || me.admin
  return (
    <>
      <PageHeader
        title={t('board.title')}
        lead={t('board.lead')}
        above={<LinkAnchor to="/library">{t('title')}</LinkAnchor>}
      >
        <LinkButton to="/library/checks" variant="default">
          {t('board.checks')}
        </LinkButton>
      </PageHeader>
      {seesAll && (
        <SegmentedControl
          aria-label={t('board.scope')}
          value={mine ? 'mine' : 'all'}
          onChange={(value) => void navigate({ search: { mine: value === 'mine' || undefined }, replace: true })}
          data={[
            { value: 'all', label: t('board.all') },
            { value: 'mine', label: t('board.mine') },
          ]}
        />
      )}
      {board.isPending && <SkeletonList height={120} />}
      {board.isError && !board.data && <ErrorState error={board.error} onRetry={() => void board.refetch()} />}
      {board.data && (
        <>
          <OpenFeedback all={seesAll && !mine} />
          <p className={classes.hint}>{t('board.hot', { count: board.data.hot_from || 3 })}</p>
          <div className={classes.parts}>
            {board.data.parts.map((part) => (
              <Part key={nameOf(part)} part={part} />
            ))}
          </div>
        </>
      )}
    </>
  )
}

function Part({ part }: { part: ReviewPart }) {
  const { t } = useTranslation('library')
  const name = nameOf(part)
  return (
    <section className={classes.part} data-first={(part.stale && part.hot) || undefined} aria-labelledby={name}>
      <div className={classes.head}>
        <h2 id={name}>{t(`board.part.${name}`)}</h2>
        <span className={classes.count}>{formatNumber(part.count)}</span>
      </div>
      <p className={classes.hint}>{part.count === 0 ? t('board.none') : t(`board.hint.${name}`)}</p>
      <ul className={classes.list}>
        {part.items.map((resource) => (
          <Row key={resource.id} resource={resource} isStale={part.stale} />
        ))}
      </ul>
      {part.items.length < part.count && (
        <p className={classes.hint}>{t('board.first', { n: part.items.length, count: part.count })}</p>
      )}
    </section>
  )
}

function Row({ resource, isStale }: { resource: KeptResource; isStale: boolean }) {
  const { t } = useTranslation('library')
  const me = useMe()
  const { owner, review_due_on: due } = resource
  const mayReview = isMarketer(me) || resource.keeper_id === me.id
  return (
    <li>
      <Link to="/library/$resourceId" params={{ resourceId: resource.id }} className={classes.title}>
        {resource.title}
      </Link>
      <p className={classes.facts}>
        {[
          contentTypeLabel(resource.content_type),
          t('board.use', { count: resource.use }),
          due && t('board.due', { date: formatDate(due) }),
          owner ? t('board.keeper', { name: owner.name }) : !resource.keeper_id && t('board.noKeeper'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {isStale && mayReview && (
        <div className={classes.actions}>
          <ReviewActions resource={resource} />
        </div>
      )}
    </li>
  )
}
