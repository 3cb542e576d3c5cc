import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { getPersonNumbersOptions, listRecommendationsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Draft, Idea, Notification, Resource } from '@/shared/api/generated/types.gen'
import { Sentence } from '@/shared/discussion/Sentence'
import { formatDate, formatNumber } from '@/shared/lib/format'
import { useLibraryNews } from '@/shared/lib/useLibraryNews'
import { useMe } from '@/shared/session/session'
import { LinkAnchor } from '@/shared/ui/links'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { StateBadge } from '@/shared/ui/StateBadge'
import { ThingLink } from '@/shared/ui/ThingLink'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { Why } from '@/shared/why/Why'
import classes from './Home.module.css'

interface SectionProps {
  title: string
  /** At the right: where the rest is. */
  more?: ReactNode
  children: ReactNode
}

export function Section({ title, more, children }: SectionProps) {
  return (
    <section className={classes.section}>
      <div className={classes.sectionHead}>
        <h2>{title}</h2>
        {more}
      </div>
      {children}
    </section>
  )
}

export function WritingSection({ drafts }: { drafts: Draft[] }) {
  const { t } = useTranslation('home')
  if (drafts.length === 0) return null
  return (
    <Section
      title={t('writing.title')}
      more={
        <LinkAnchor to="/drafts" size="sm">
          {t('writing.all')}
        </LinkAnchor>
      }
    >
      <ul className={classes.plain}>
        {drafts.map((draft) => (
          <li key={draft.id} className={classes.line}>
            <PersonAvatar person={draft.writer} size={26} withTooltip />
            <span className={classes.words}>
              <ThingLink type="draft" id={draft.id} className={classes.title}>
                {draft.title}
              </ThingLink>
              <span className={classes.meta}>
                {draft.brief?.due_on
                  ? t('meta.dueOn', { date: formatDate(draft.brief.due_on) })
                  : t('meta.writer', { name: draft.writer.name })}
              </span>
            </span>
            <StateBadge state={draft.state} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

export function IdeasSection({ ideas }: { ideas: Idea[] }) {
  const { t } = useTranslation('home')
  return (
    <Section
      title={t('ideas.title')}
      more={
        ideas.length > 0 && (
          <LinkAnchor to="/ideas" search={{ view: 'mine' }} size="sm">
            {t('ideas.all')}
          </LinkAnchor>
        )
      }
    >
      {ideas.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('ideas.none')}{' '}
          <LinkAnchor to="/ideas" size="sm">
            {t('ideas.browse')}
          </LinkAnchor>
        </Text>
      )}
      <ul className={classes.plain}>
        {ideas.map((idea) => (
          <li key={idea.id} className={classes.line}>
            <span className={classes.words}>
              <ThingLink type="idea" id={idea.id} className={classes.title}>
                {idea.title}
              </ThingLink>
              <span className={classes.meta}>
                {idea.reason || t('meta.votes', { count: idea.votes })} · <TimeAgo when={idea.updated_at} />
              </span>
            </span>
            <StateBadge state={idea.state} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

export function NewsSection({ news }: { news: Notification[] }) {
  const { t } = useTranslation('home')
  return (
    <Section
      title={t('news.title')}
      more={
        <LinkAnchor to="/notifications" size="sm">
          {t('news.all')}
        </LinkAnchor>
      }
    >
      {news.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('news.none')}
        </Text>
      )}
      <ul className={classes.plain}>
        {news.slice(0, 5).map((item) => (
          <li key={item.id} className={classes.news}>
            <div>
              <Sentence item={item} />
              <span className={classes.dim}>
                {' · '}
                <TimeAgo when={item.at} />
              </span>
            </div>
            <div>
              <ThingLink type={item.object_type} id={item.object_id} className={classes.newsTitle}>
                {item.title}
              </ThingLink>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What is new since somebody was here; without anything, the newest there is. */
export function FreshSection({ resources }: { resources: Resource[] }) {
  const { t } = useTranslation('home')
  const { data: news } = useLibraryNews()
  const isNews = news !== undefined && news.count > 0
  const shown = isNews ? news.items : resources
  return (
    <Section
      title={isNews ? t('fresh.since', { count: news.count }) : t('fresh.title')}
      more={
        <LinkAnchor to="/library" size="sm">
          {t('fresh.all')}
        </LinkAnchor>
      }
    >
      {shown.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('fresh.none')}
        </Text>
      )}
      {news?.since && !isNews && shown.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('fresh.nothing')} <TimeAgo when={news.since} />.
        </Text>
      )}
      <ul className={classes.plain}>
        {shown.slice(0, 5).map((resource) => (
          <li key={resource.id} className={classes.fresh}>
            <Link to="/library/$resourceId" params={{ resourceId: resource.id }} className={classes.freshTitle}>
              {resource.title}
            </Link>
            <span className={classes.dim}>
              <TimeAgo when={resource.published_at ?? resource.created_at} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What somebody has not read and should look at, and why. */
export function ForYouSection() {
  const { t } = useTranslation('home')
  const { data } = useQuery(listRecommendationsOptions({ query: { limit: 4 } }))
  if (!data) return null // nobody waits for it
  return (
    <Section title={t('forYou.title')}>
      {data.items.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('forYou.none')}
        </Text>
      )}
      <ul className={classes.plain}>
        {data.items.map((resource) => (
          <li key={resource.id} className={classes.fresh}>
            <Link to="/library/$resourceId" params={{ resourceId: resource.id }} className={classes.freshTitle}>
              {resource.title}
            </Link>
            <Why reasons={resource.why} most={2} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** A rep's own numbers: people first, and what was not counted. */
export function NumbersSection() {
  const { t } = useTranslation('home')
  const me = useMe()
  const { data } = useQuery(getPersonNumbersOptions({ path: { id: me.id }, query: { days: 90 } }))
  if (!data) return null // a rep misses little while this is away
  const { human, raw } = data.clicks
  const rest = {
    ideas: t('numbers.ideas', { count: data.ideas_filed }),
    published: t('numbers.published', { count: data.ideas_published }),
    shared: t('numbers.shared', { count: data.posts_shared }),
  }
  return (
    <Section
      title={t('numbers.title')}
      more={
        <LinkAnchor to="/insights" size="sm">
          {t('numbers.all')}
        </LinkAnchor>
      }
    >
      <p className={classes.sum}>
        <span className={classes.number}>{formatNumber(human)}</span> {t('numbers.clicks', { count: human })}
        {data.before.human_clicks > 0 && (
          <span className={classes.dim}> · {t('numbers.before', { count: data.before.human_clicks })}</span>
        )}
      </p>
      <Text size="sm" c="dimmed">
        {t('numbers.rest', rest)} {raw > human && t('numbers.honest', { count: raw - human })}
      </Text>
    </Section>
  )
}
