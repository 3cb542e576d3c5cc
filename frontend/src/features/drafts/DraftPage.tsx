import './i18n'
import { Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getDraftOptions, listDraftAssetsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Draft } from '@/shared/api/generated/types.gen'
import { Discussion } from '@/shared/discussion/Discussion'
import { Timeline } from '@/shared/discussion/Timeline'
import { ErrorState, PendingRows } from '@/shared/ui/States'
import { SaveSign } from './document/SaveSign'
import { TextTab } from './document/TextTab'
import { useDocument } from './document/useDocument'
import { BriefTab } from './draft/BriefTab'
import { DraftHeader } from './draft/DraftHeader'
import classes from './draft/DraftPage.module.css'
import { FilesTab } from './draft/FilesTab'
import { LimitedDraft } from './draft/LimitedDraft'
import { PeoplePanel } from './draft/PeoplePanel'
import { StatePanel } from './draft/StatePanel'
import { type DraftSearch, draftRoute } from './routes'
import { VersionsTab } from './versions/VersionsTab'

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
  const files = useQuery(listDraftAssetsOptions({ path: { id: draft.id } }))
  const counts: Partial<Record<(typeof tabs)[number], number>> = {
    files: files.data?.items.length,
    discussion: draft.comments,
  }
  const setTab = (next: string | null) =>
    void navigate({ search: { tab: next === 'text' ? undefined : (next as DraftSearch['tab']) }, replace: true })
  return (
    <>
      <DraftHeader draft={draft} />
      <div className={classes.page}>
        <div className={classes.state}>
          <StatePanel draft={draft} />
        </div>
        <Tabs value={tab} onChange={setTab} className={classes.main} keepMounted={false}>
          <div className={classes.bar}>
            <Tabs.List aria-label={t('page.tabs')} className={classes.tabs}>
              {tabs.map((name) => (
                <Tabs.Tab key={name} value={name}>
                  {t(`page.${name}`)}
                  {Boolean(counts[name]) && <span className={classes.count}>{counts[name]}</span>}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {text.transport && <SaveSign transport={text.transport} />}
          </div>
          <Tabs.Panel value="text">
            <TextTab draft={draft} text={text} />
          </Tabs.Panel>
          <Tabs.Panel value="brief">
            <BriefTab draft={draft} />
          </Tabs.Panel>
          <Tabs.Panel value="files">
            <FilesTab draft={draft} files={files} />
          </Tabs.Panel>
          <Tabs.Panel value="versions">
            <VersionsTab draft={draft} />
          </Tabs.Panel>
          <Tabs.Panel value="discussion">
            <Discussion type="draft" id={draft.id} />
            <h2 className={classes.heading}>{t('page.history')}</h2>
            <Timeline type="draft" id={draft.id} withoutComments />
          </Tabs.Panel>
        </Tabs>
        <div className={classes.people}>
          <PeoplePanel draft={draft} />
        </div>
      </div>
    </>
  )
}
