import './i18n'
import { Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { getDraftOptions, listDraftAssetsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Draft } from '@/shared/api/generated/types.gen'
import { lazyPart } from '@/shared/lib/lazyPart'
import { ErrorState, PendingRows, SkeletonList } from '@/shared/ui/States'
import { Here } from './document/Here'
import { SaveSign } from './document/SaveSign'
import { useAfterSave } from './document/useAfterSave'
import { useDocument } from './document/useDocument'
import { DraftHeader } from './draft/DraftHeader'
import classes from './draft/DraftPage.module.css'
import { LimitedDraft } from './draft/LimitedDraft'
import { PeoplePanel } from './draft/PeoplePanel'
import { SinceBanner } from './draft/SinceBanner'
import { StatePanel } from './draft/StatePanel'
import { type DraftSearch, draftRoute } from './routes'
import { useThreadView } from './threads/useThreadView'

// each part is loaded when it is opened: who reads a brief needs no editor
const load = {
  text: () => import('./document/TextTab'),
  brief: () => import('./draft/BriefTab'),
  files: () => import('./draft/FilesTab'),
  versions: () => import('./versions/VersionsTab'),
  discussion: () => import('./draft/DiscussionTab'),
}
const TextTab = lazy(() => load.text().then((m) => ({ default: m.TextTab })))
const BriefTab = lazy(() => load.brief().then((m) => ({ default: m.BriefTab })))
const FilesTab = lazy(() => load.files().then((m) => ({ default: m.FilesTab })))
const VersionsTab = lazy(() => load.versions().then((m) => ({ default: m.VersionsTab })))
const DiscussionTab = lazy(() => load.discussion().then((m) => ({ default: m.DiscussionTab })))

const loadThreads = () => import('./threads/ThreadsPanel')
const ThreadsPanel = lazyPart(() => loadThreads().then((m) => m.ThreadsPanel))
const ThreadsButton = lazyPart(() => import('./threads/ThreadsButton').then((m) => m.ThreadsButton))

const quietAfter = 3000

/** Loads the other tabs when the page has come to rest: who goes offline then has all of it. */
function useAllTabs(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const part of [...Object.values(load), loadThreads, () => import('./document/Tray')]) part().catch(() => {})
    }, quietAfter)
    return () => clearTimeout(timer)
  }, [])
}

const tabs = ['text', 'brief', 'files', 'versions', 'discussion'] as const

export function DraftPage() {
  const { draftId } = draftRoute.useParams()
  const { data, isPending, error, refetch } = useQuery({
    ...getDraftOptions({ path: { id: draftId } }),
    refetchInterval: 30_000, // others approve and edit meanwhile
  })
  if (data) return data.full ? <FullDraft key={data.id} draft={data} /> : <LimitedDraft draft={data} />
  return isPending ? <PendingRows rows={5} /> : <ErrorState error={error} onRetry={() => void refetch()} />
}

function FullDraft({ draft }: { draft: Draft }) {
  const { t } = useTranslation('drafts')
  const { tab = 'text' } = draftRoute.useSearch()
  const navigate = useNavigate({ from: draftRoute.fullPath })
  const text = useDocument(draft.id)
  useAfterSave(text.transport, draft.state)
  const { view, count } = useThreadView(draft.id, text.transport)
  const hasPanel = tab === 'text' && view.isOpen
  useAllTabs()
  const files = useQuery({
    ...listDraftAssetsOptions({ path: { id: draft.id } }),
    // until the server has looked at each of them
    refetchInterval: ({ state }) => (state.data?.items.some((file) => file.state === 'processing') ? 2500 : false),
  })
  const counts: Partial<Record<(typeof tabs)[number], number>> = {
    text: count,
    files: files.data?.items.length,
    discussion: draft.comments,
  }
  const setTab = (next: string | null) =>
    void navigate({ search: { tab: next === 'text' ? undefined : (next as DraftSearch['tab']) }, replace: true })
  return (
    <>
      <DraftHeader draft={draft} />
      <div className={classes.page} data-threads={hasPanel || undefined} data-wide={hasPanel || undefined}>
        <div className={classes.state}>
          <StatePanel draft={draft} />
        </div>
        <Tabs value={tab} onChange={setTab} className={classes.main} keepMounted={false}>
          <div className={classes.bar}>
            <Tabs.List aria-label={t('page.tabs')} className={classes.tabs}>
              {tabs.map((name) => (
                <Tabs.Tab key={name} value={name}>
                  {t(`page.${name}`)} {Boolean(counts[name]) && <span className={classes.count}>{counts[name]}</span>}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {text.transport && (
              <div className={classes.signs}>
                {tab === 'text' && (
                  <Suspense>
                    <ThreadsButton view={view} count={count} />
                  </Suspense>
                )}
                <Here transport={text.transport} />
                <SaveSign transport={text.transport} />
              </div>
            )}
          </div>
          <SinceBanner draft={draft} isText={tab === 'text'} />
          <Panel value="text">
            <TextTab draft={draft} text={text} threads={view} />
          </Panel>
          <Panel value="brief">
            <BriefTab draft={draft} />
          </Panel>
          <Panel value="files">
            <FilesTab draft={draft} files={files} />
          </Panel>
          <Panel value="versions">
            <VersionsTab draft={draft} />
          </Panel>
          <Panel value="discussion">
            <DiscussionTab draftId={draft.id} />
          </Panel>
        </Tabs>
        {hasPanel && (
          <Suspense>
            <ThreadsPanel draft={draft} transport={text.transport} view={view} />
          </Suspense>
        )}
        <div className={classes.people}>
          <PeoplePanel draft={draft} />
        </div>
      </div>
    </>
  )
}

/** Each waits for its own code: one that waits must not hide another that is there. */
function Panel({ value, children }: { value: (typeof tabs)[number]; children: ReactNode }) {
  return (
    <Tabs.Panel value={value}>
      <Suspense fallback={<SkeletonList rows={5} />}>{children}</Suspense>
    </Tabs.Panel>
  )
}
