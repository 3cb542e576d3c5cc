import './i18n'
import '@/shared/editor/rich.css'
import { Alert } from '@mantine/core'
import { IconArchive, IconClock } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getResourceOptions, viewResourceMutation } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { ResourcePage as ResourceData } from '@/shared/api/generated/types.gen'
import { isNotFound } from '@/shared/api/problem'
import { contentTypeLabel } from '@/shared/lib/contentType'
import { lazyPart } from '@/shared/lib/lazyPart'
import { markHtml } from '@/shared/lib/marks'
import { isMarketer, useMe } from '@/shared/session/session'
import card from '@/shared/ui/Card.module.css'
import { LinkAnchor } from '@/shared/ui/links'
import { openShare } from '@/shared/ui/overlays'
import { PageHeader } from '@/shared/ui/PageHeader'
import { StateBadge, ToneBadge } from '@/shared/ui/StateBadge'
import { ErrorState, PendingRows, SkeletonList } from '@/shared/ui/States'
import article from './Article.module.css'
import { DownloadText } from './DownloadText'
import { freshnessOf } from './freshness'
import { Replaced } from './Replaced'
import { ResourceActions } from './ResourceActions'
import { ResourceAside } from './ResourceAside'
import { ResourceFiles } from './ResourceFiles'
import classes from './ResourcePage.module.css'
import { resourceRoute } from './routes'
import { ShareAtHand } from './ShareAtHand'

// marketing needs it now and then, readers never
const EditResourceDialog = lazy(() => import('./EditResourceDialog').then((m) => ({ default: m.EditResourceDialog })))
const CoverDialog = lazy(() => import('./cover/CoverDialog').then((m) => ({ default: m.CoverDialog })))
const ReplaceDialog = lazy(() => import('./ReplaceDialog').then((m) => ({ default: m.ReplaceDialog })))

const AddToCollection = lazy(() =>
  import('./collections/AddToCollection').then((m) => ({ default: m.AddToCollection })),
)

const Discussion = lazy(() => import('@/shared/discussion/Discussion').then((m) => ({ default: m.Discussion })))
const FollowedLink = lazyPart(() => import('./FollowedLink').then((m) => m.FollowedLink))
const FeedbackSection = lazyPart(() => import('./feedback/FeedbackSection').then((m) => m.FeedbackSection))

/** Says once that it was looked at; the server counts one view per person and day. */
function useView(id: string | undefined) {
  const { mutate } = useMutation(viewResourceMutation())
  const counted = useRef<string>(undefined)
  useEffect(() => {
    if (!id || counted.current === id) return
    counted.current = id
    mutate({ path: { id } })
  }, [id, mutate])
}

export function ResourcePage() {
  const { resourceId } = resourceRoute.useParams()
  const {
    data: resource,
    error,
    refetch,
  } = useQuery({
    ...getResourceOptions({ path: { id: resourceId } }),
    // pictures of the pages are being made: they take the place of the text when they are there
    refetchInterval: ({ state }) => (state.data?.assets.some((a) => a.view_reason === 'waiting') ? 5000 : false),
  })
  useView(resource?.id)
  if (error && !resource) {
    return (
      <>
        {isNotFound(error) && <Replaced id={resourceId} />}
        <ErrorState error={error} onRetry={() => void refetch()} />
      </>
    )
  }
  if (!resource) return <PendingRows rows={8} />
  return <ResourceArticle key={resource.id} resource={resource} />
}

function ResourceArticle({ resource }: { resource: ResourceData }) {
  const { t } = useTranslation('library')
  const place = resourceRoute.useSearch()
  const navigate = useNavigate({ from: resourceRoute.fullPath })
  const [isEditing, setEditing] = useState(false)
  const [isCollecting, setCollecting] = useState(false)
  const [isReplacing, setReplacing] = useState(false)
  const [isPicturing, setPicturing] = useState(false)
  const actionsRef = useRef<HTMLDivElement>(null)
  const html = resource.html.trim()
  const me = useMe()
  const canShare = resource.shareable && resource.state !== 'expired' && resource.state !== 'archived'
  const mayKeep = resource.downloads.inside || isMarketer(me) || me.admin || resource.owner?.id === me.id
  return (
    <>
      <PageHeader
        title={resource.title}
        lead={resource.summary}
        above={
          <>
            <LinkAnchor to="/library">{t('title')}</LinkAnchor>
            <span className={classes.type}>{contentTypeLabel(resource.content_type)}</span>
          </>
        }
        badge={
          <>
            {resource.state !== 'live' && <StateBadge state={resource.state} />}
            <ToneBadge tone={resource.shareable ? 'green' : 'amber'}>
              {resource.shareable ? t('shareable') : t('internal')}
            </ToneBadge>
          </>
        }
      />
      <div className={classes.actions} ref={actionsRef}>
        <ResourceActions
          resource={resource}
          onEdit={() => setEditing(true)}
          onCollect={() => setCollecting(true)}
          onReplace={() => setReplacing(true)}
          onCover={() => setPicturing(true)}
        />
        {html !== '' && mayKeep && <DownloadText resourceId={resource.id} />}
      </div>
      <ShareAtHand resource={resource} actionsRef={actionsRef} file={place.file} page={place.page} />
      <Warning resource={resource} />
      {resource.state === 'archived' && <Replaced id={resource.id} />}
      {(place.version || (place.file && !resource.assets.some((a) => a.id === place.file))) && (
        <Suspense>
          <FollowedLink
            resource={resource}
            version={place.version}
            file={place.file}
            onClose={() => void navigate({ search: {}, replace: true, resetScroll: false })}
          />
        </Suspense>
      )}
      <div className={card.columns}>
        <div className={classes.main}>
          {resource.assets.length > 0 && (
            <ResourceFiles
              assets={resource.assets}
              canKeep={mayKeep}
              place={place}
              isOnly={html === ''}
              onShare={canShare ? (asset, page) => openShare([resource], { asset, page }) : undefined}
              onPlaceChange={(search) => void navigate({ search, replace: true, resetScroll: false })}
            />
          )}
          {html !== '' && (
            <article
              className={`reading ${article.article}`}
              lang={resource.lang}
              // biome-ignore lint/security/noDangerouslySetInnerHtml: the server renders it from a checked document or through an allow-list
              dangerouslySetInnerHTML={{ __html: markHtml(html, place.mark) }}
            />
          )}
          <section className={card.section} aria-labelledby="resource-feedback">
            <h2 id="resource-feedback">{t('feedback')}</h2>
            <Suspense>
              <FeedbackSection resource={resource} />
            </Suspense>
          </section>
          <section className={card.section} aria-labelledby="resource-discussion">
            <h2 id="resource-discussion">{t('discussion')}</h2>
            <Suspense fallback={<SkeletonList rows={2} height={52} />}>
              <Discussion type="resource" id={resource.id} />
            </Suspense>
          </section>
        </div>
        <ResourceAside resource={resource} />
      </div>
      <Suspense>
        {isEditing && <EditResourceDialog resource={resource} onClose={() => setEditing(false)} />}
        {isCollecting && <AddToCollection resource={resource} onClose={() => setCollecting(false)} />}
        {isPicturing && <CoverDialog resource={resource} onClose={() => setPicturing(false)} />}
        {isReplacing && <ReplaceDialog resource={resource} onClose={() => setReplacing(false)} />}
      </Suspense>
    </>
  )
}

/** Why one should not use it just now. */
function Warning({ resource }: { resource: ResourceData }) {
  const { t } = useTranslation('library')
  const { tone, label } = freshnessOf(resource)
  if (tone === 'fresh' || tone === 'plain') return null
  const why = resource.state === 'archived' ? 'archived' : tone === 'gone' ? 'expired' : 'due'
  const isPlanned = why === 'due' && resource.state === 'live'
  return (
    <Alert
      className={classes.warning}
      color={tone === 'gone' ? 'red' : 'yellow'}
      icon={why === 'archived' ? <IconArchive size={18} /> : <IconClock size={18} />}
      title={label}
    >
      {isPlanned ? t('warning.planned') : t(`warning.${why}`)}
    </Alert>
  )
}
