import { VisuallyHidden } from '@mantine/core'
import { IconStarFilled } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Resource } from '@/shared/api/generated/types.gen'
import { contentTypeLabel } from '@/shared/lib/contentType'
import { clockOf, formatNumber } from '@/shared/lib/format'
import { matchesOf, splitMarks } from '@/shared/lib/marks'
import { Marked } from '@/shared/ui/Marked'
import { Why } from '@/shared/why/Why'
import { CardActions } from './CardActions'
import { labelOf } from './filters'
import { freshnessOf } from './freshness'
import classes from './ResourceCard.module.css'
import { ResourceCover } from './ResourceCover'

interface ResourceCardProps {
  resource: Resource
  onFavourite: (resource: Resource) => void
}

function useFacts(resource: Resource) {
  const { t } = useTranslation('library')
  const { personas, stages } = resource.taxonomy
  return {
    kind: [
      contentTypeLabel(resource.content_type),
      resource.file_pages > 1 && t('pages', { count: resource.file_pages }),
      resource.lang !== 'en' && labelOf('lang', resource.lang),
    ]
      .filter(Boolean)
      .join(' · '),
    audience: personas.slice(0, 2).join(', ') + (personas.length > 2 ? ` +${personas.length - 2}` : ''),
    stages: stages.map((s) => labelOf('stage', s)).join(', '),
    fresh: freshnessOf(resource),
    used:
      resource.views === 0
        ? t('used.never')
        : t('used.count', { count: resource.views, n: formatNumber(resource.views) }),
    rating: resource.ratings > 0 ? resource.rating.toFixed(1) : undefined,
    rated: t('rated', { average: resource.rating.toFixed(1), count: resource.ratings }),
    recent: resource.recent_views > 0 ? t('used.recent', { count: resource.recent_views }) : undefined,
  }
}

/** Leads to the page of the file where the words of the search are. */
function TitleLink({ resource }: { resource: Resource }) {
  const { match } = resource
  const mark = match && matchesOf(match.snippet).join(' ')
  return (
    <Link
      to="/library/$resourceId"
      params={{ resourceId: resource.id }}
      search={{
        page: match?.page || undefined,
        t: match?.second,
        file: match?.page || match?.second !== undefined ? match.asset_id : undefined,
        mark: mark || undefined,
      }}
      className={classes.link}
      data-resource={resource.id}
    >
      {resource.title}
    </Link>
  )
}

/** Where the words of the search are; else the summary, unless the cover says it. */
function Words({ resource }: { resource: Resource }) {
  const { t } = useTranslation('library')
  const { match } = resource
  if (match?.snippet.includes('\u0001')) {
    return (
      <p className={classes.summary}>
        {match.page > 0 && <span className={classes.page}>{t('onPage', { page: match.page })}</span>}
        {match.second !== undefined && (
          <span className={classes.page}>{t('atSecond', { time: clockOf(match.second) })}</span>
        )}
        <Marked segments={splitMarks(match.snippet)} />
      </p>
    )
  }
  return resource.preview_url ? <p className={classes.summary}>{resource.summary}</p> : null
}

/** What it is, for whom and when, how fresh, how well used; the two things one does with it. */
export function ResourceCard({ resource, onFavourite }: ResourceCardProps) {
  const { t } = useTranslation('library')
  const facts = useFacts(resource)
  return (
    <article className={classes.card}>
      <ResourceCover resource={resource} />
      <div className={classes.body}>
        <p className={classes.kind}>
          {facts.kind}
          {!resource.shareable && <span className={classes.internal}>{t('internal')}</span>}
        </p>
        <h2 className={classes.title}>
          <TitleLink resource={resource} />
        </h2>
        <Words resource={resource} />
        {resource.match && <Why reasons={resource.match.why} without={['page', 'due', 'rated']} most={2} />}
        <p className={classes.audience}>
          {facts.audience && <span>{t('for', { who: facts.audience })}</span>}
          {facts.stages && <span className={classes.stage}>{facts.stages}</span>}
        </p>
        <p className={classes.foot}>
          <span className={classes.fresh} data-tone={facts.fresh.tone}>
            {facts.fresh.label}
          </span>
          {facts.rating && (
            <span className={classes.rating} title={facts.rated}>
              <IconStarFilled size={12} aria-hidden />
              <span aria-hidden>{facts.rating}</span>
              <VisuallyHidden>{facts.rated}</VisuallyHidden>
            </span>
          )}
          <span title={facts.recent}>{facts.used}</span>
        </p>
      </div>
      <CardActions resource={resource} onFavourite={onFavourite} className={classes.actions} />
    </article>
  )
}

/** The same in one line. */
export function ResourceRow({ resource, onFavourite }: ResourceCardProps) {
  const { t } = useTranslation('library')
  const facts = useFacts(resource)
  return (
    <article className={classes.row}>
      <ResourceCover resource={resource} isSmall />
      <div className={classes.rowWords}>
        <h2 className={classes.rowTitle}>
          <TitleLink resource={resource} />
        </h2>
        <p className={classes.rowFacts}>
          {[facts.kind, facts.audience, facts.stages].filter(Boolean).join(' · ')}
          {!resource.shareable && <span className={classes.internal}>{t('internal')}</span>}
        </p>
      </div>
      <span className={`${classes.fresh} ${classes.rowFresh}`} data-tone={facts.fresh.tone}>
        {facts.fresh.label}
      </span>
      <span className={classes.rowUsed} title={facts.recent}>
        {facts.used}
      </span>
      <CardActions resource={resource} onFavourite={onFavourite} className={classes.rowActions} />
    </article>
  )
}
