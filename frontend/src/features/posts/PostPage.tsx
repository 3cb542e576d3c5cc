import './i18n'
import '@/shared/insights/i18n'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  getPersonOptions,
  getPostOptions,
  listPostClonesOptions,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Post } from '@/shared/api/generated/types.gen'
import { FollowButton } from '@/shared/discussion/FollowButton'
import { Timeline } from '@/shared/discussion/Timeline'
import { useShortcuts } from '@/shared/lib/keys'
import { useMe } from '@/shared/session/session'
import { LinkAnchor } from '@/shared/ui/links'
import { PageHeader } from '@/shared/ui/PageHeader'
import { StateBadge } from '@/shared/ui/StateBadge'
import { ErrorState, PendingRows, SkeletonList } from '@/shared/ui/States'
import { ActionPanel } from './ActionPanel'
import { usePostSteps } from './api'
import { CloneGuard } from './CloneGuard'
import { CountLine } from './CountLine'
import { LinkPanel } from './LinkPanel'
import { NetworkCard } from './NetworkCard'
import { PostFacts } from './PostFacts'
import { PostNumbers } from './PostNumbers'
import classes from './PostPage.module.css'
import { postRoute } from './routes'

const TextEditor = lazy(() => import('./TextEditor').then((m) => ({ default: m.TextEditor })))
const OwnerChanges = lazy(() => import('./OwnerChanges').then((m) => ({ default: m.OwnerChanges })))
const Discussion = lazy(() => import('@/shared/discussion/Discussion').then((m) => ({ default: m.Discussion })))

export function PostPage() {
  const { postId } = postRoute.useParams()
  const { data: post, error, refetch } = useQuery(getPostOptions({ path: { id: postId } }))
  if (error && !post) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!post) return <PendingRows />
  return <PostView key={post.id} post={post} />
}

function PostView({ post }: { post: Post }) {
  const { t } = useTranslation('posts')
  const me = useMe()
  const steps = usePostSteps(post.id)
  const [isEditing, setEditing] = useState(false)
  const [isSealing, setSealing] = useState(false)
  const { data: owner } = useQuery(getPersonOptions({ path: { id: post.owner.id } }))
  const { data: clones } = useQuery(listPostClonesOptions({ path: { id: post.id } }))
  const isOwner = me.id === post.owner.id
  const mayEdit = isOwner && post.allowed.includes('edit')
  const isOpen = post.state === 'writing' || post.state === 'offered' || post.state === 'sealed'
  const siblings = isOpen ? (clones?.items ?? []) : []
  const name = post.owner.name.split(' ')[0] ?? ''
  const hasChanges = post.offered_text !== '' && post.offered_text !== post.text

  useShortcuts([
    ...(mayEdit ? [{ keys: 'e', label: t('action.adapt'), group: t('post'), run: () => setEditing(true) }] : []),
    ...(post.allowed.includes('seal') && !isEditing
      ? [{ keys: 's', label: t('action.seal'), group: t('post'), run: () => setSealing(true) }]
      : []),
  ])

  return (
    <>
      <PageHeader
        title={isOwner ? t('titleOwn') : t('titleOf', { name: post.owner.name })}
        lead={post.resource_title && t('about', { title: post.resource_title })}
        above={<LinkAnchor to="/posts">{isOwner ? t('backOwn') : t('back')}</LinkAnchor>}
        badge={<StateBadge state={post.state} />}
      >
        <FollowButton type="post" id={post.id} />
      </PageHeader>
      <div className={classes.layout}>
        <div className={classes.card}>
          <NetworkCard
            {...post}
            headline={owner?.title ?? ''}
            mediaUrl={post.media_url}
            linkTarget={post.link_target}
            linkTitle={post.resource_title}
            marked={siblings.flatMap((s) => s.shared)}
            editor={
              isEditing && mayEdit ? (
                <Suspense fallback={<SkeletonList rows={1} height={180} />}>
                  <TextEditor post={post} onClose={() => setEditing(false)} />
                </Suspense>
              ) : undefined
            }
          />
          {!(isEditing && mayEdit) && <CountLine {...post} />}
          <CloneGuard siblings={siblings} isOwner={isOwner} />
        </div>
        <aside className={classes.side}>
          <ActionPanel
            post={post}
            steps={steps}
            isEditing={isEditing && mayEdit}
            isSealing={isSealing}
            onEdit={() => setEditing(true)}
            onSeal={setSealing}
          />
          {post.sealed_at || post.shared_at ? (
            <section>
              <h2 className={classes.heading}>{t('numbers')}</h2>
              <PostNumbers post={post} />
            </section>
          ) : null}
          <section>
            <h2 className={classes.heading}>{t('field.link')}</h2>
            <LinkPanel post={post} />
          </section>
          <section>
            <h2 className={classes.heading}>{t('facts')}</h2>
            <PostFacts post={post} />
          </section>
        </aside>
        <div className={classes.rest}>
          {hasChanges && (
            <section>
              <h2 className={classes.heading}>{isOwner ? t('changes.own') : t('changes.of', { name })}</h2>
              <Suspense fallback={<SkeletonList rows={1} height={120} />}>
                <OwnerChanges before={post.offered_text} after={post.text} />
              </Suspense>
            </section>
          )}
          <section>
            <h2 className={classes.heading}>{t('talk')}</h2>
            <Suspense fallback={<SkeletonList rows={2} height={52} />}>
              <Discussion type="post" id={post.id} />
            </Suspense>
          </section>
          <section>
            <h2 className={classes.heading}>{t('history')}</h2>
            <Timeline type="post" id={post.id} withoutComments />
          </section>
        </div>
      </div>
    </>
  )
}
