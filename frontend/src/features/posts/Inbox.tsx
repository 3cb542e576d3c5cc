import { SegmentedControl } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listPostsInfiniteOptions, listPostsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { useInfiniteList } from '@/shared/api/useInfiniteList'
import { oneOf } from '@/shared/router/search'
import { LinkAnchor } from '@/shared/ui/links'
import { PageHeader } from '@/shared/ui/PageHeader'
import { EmptyState, ErrorState, SkeletonList } from '@/shared/ui/States'
import classes from './Inbox.module.css'
import { PostRow } from './PostRow'
import rowClasses from './PostRow.module.css'
import { ownViews, postsRoute } from './routes'

type View = (typeof ownViews)[number]

const statesOf = {
  waiting: ['offered'],
  ready: ['sealed'],
  shared: ['shared'],
  past: ['declined', 'expired', 'recalled'],
} as const satisfies Record<View, readonly string[]>

const few = 5

function queryOf(view: View, limit: number) {
  return { query: { mine: true, state: [...statesOf[view]], limit } }
}

/** One's own posts: what waits comes first. */
export function Inbox() {
  const { t } = useTranslation('posts')
  const { view } = postsRoute.useSearch()
  const navigate = useNavigate({ from: postsRoute.fullPath })
  return (
    <>
      <PageHeader title={t('inbox.title')} lead={t('inbox.lead')} />
      <SegmentedControl
        className={classes.views}
        aria-label={t('inbox.views')}
        value={view ?? 'all'}
        onChange={(value) => void navigate({ search: { view: oneOf(value, ownViews) }, replace: true })}
        data={[
          { value: 'all', label: t('inbox.all') },
          ...ownViews.map((v) => ({ value: v, label: t(`inbox.short.${v}`) })),
        ]}
      />
      {view ? <OneView key={view} view={view} /> : <AllViews />}
    </>
  )
}

function AllViews() {
  const { t } = useTranslation('posts')
  const waiting = useQuery(listPostsOptions(queryOf('waiting', 50)))
  const ready = useQuery(listPostsOptions(queryOf('ready', 50)))
  const shared = useQuery(listPostsOptions(queryOf('shared', few)))
  const past = useQuery(listPostsOptions(queryOf('past', few)))
  const parts = { waiting, ready, shared, past }
  const all = Object.values(parts)
  const failed = all.find((part) => part.isError && !part.data)
  if (failed) return <ErrorState error={failed.error} onRetry={() => all.forEach((part) => void part.refetch())} />
  if (all.some((part) => part.isPending)) return <SkeletonList rows={4} height={88} />
  if (all.every((part) => part.data?.items.length === 0)) {
    return (
      <EmptyState icon={<IconInbox size={28} stroke={1.5} />} title={t('inbox.empty')}>
        {t('inbox.emptyHint')}
      </EmptyState>
    )
  }
  return ownViews.map((view) => {
    const { data } = parts[view]
    const items = data?.items ?? []
    if (items.length === 0 && view !== 'waiting') return null
    return (
      <section key={view} className={classes.section} aria-label={t(`inbox.part.${view}`)}>
        <h2 className={classes.heading}>
          {t(`inbox.part.${view}`)}
          {(view === 'waiting' || view === 'ready') && items.length > 0 && (
            <span className={classes.count}>{items.length}</span>
          )}
        </h2>
        {items.length === 0 && <p className={classes.nothing}>{t('inbox.none.waiting')}</p>}
        <ul className={rowClasses.list}>
          {items.map((post) => (
            <li key={post.id}>
              <PostRow post={post} />
            </li>
          ))}
        </ul>
        {data?.next_cursor && (
          <LinkAnchor to="/posts" search={{ view }} className={classes.all}>
            {t('inbox.showAll')}
          </LinkAnchor>
        )}
      </section>
    )
  })
}

function OneView({ view }: { view: View }) {
  const { t } = useTranslation('posts')
  const list = useInfiniteList(listPostsInfiniteOptions(queryOf(view, 30)))
  return (
    <>
      {list.isPending && <SkeletonList rows={4} height={88} />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.items.length === 0 && (
        <EmptyState icon={<IconInbox size={28} stroke={1.5} />} title={t(`inbox.noneTitle.${view}`)}>
          {t(`inbox.none.${view}`)}
        </EmptyState>
      )}
      <ul className={rowClasses.list}>
        {list.items.map((post) => (
          <li key={post.id}>
            <PostRow post={post} />
          </li>
        ))}
      </ul>
      <div ref={list.endRef} />
    </>
  )
}
