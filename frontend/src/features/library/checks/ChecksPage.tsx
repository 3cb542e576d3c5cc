import './i18n'
import '../i18n'
import { Button, Switch, Tabs } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getChecksOptions, listFindingsInfiniteOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { useInfiniteList } from '@/shared/api/useInfiniteList'
import { timeAgo } from '@/shared/lib/format'
import { oneOf } from '@/shared/router/search'
import { useMe } from '@/shared/session/session'
import { LinkAnchor } from '@/shared/ui/links'
import { PageHeader } from '@/shared/ui/PageHeader'
import { EmptyState, ErrorState, SkeletonList } from '@/shared/ui/States'
import { checkKinds, checksRoute } from '../routes'
import { useDismiss, useRunChecks, useSetLinks } from './api'
import classes from './Checks.module.css'
import { FindingRow } from './FindingRow'

/** What the nightly checks found, by kind, each with what mends it. */
export function ChecksPage() {
  const { t } = useTranslation('checks')
  const me = useMe()
  const mayEdit = me.lead || me.admin
  const state = useQuery(getChecksOptions())
  const counts = state.data?.counts ?? []
  const { kind = counts.find((c) => c.count > 0)?.kind ?? 'same_file' } = checksRoute.useSearch()
  const navigate = useNavigate({ from: checksRoute.fullPath })
  const list = useInfiniteList(listFindingsInfiniteOptions({ query: { kind, limit: 25 } }), state.isSuccess)
  const run = useRunChecks()
  const links = useSetLinks()
  const dismiss = useDismiss()
  const choose = (next: string | null) =>
    void navigate({ search: { kind: oneOf(next, checkKinds) }, replace: true, resetScroll: false })
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        above={<LinkAnchor to="/library/review">{t('review')}</LinkAnchor>}
      >
        {mayEdit && (
          <Button variant="default" loading={run.isPending} onClick={() => run.mutate({})}>
            {t('run')}
          </Button>
        )}
      </PageHeader>
      {state.isPending && <SkeletonList />}
      {state.isError && <ErrorState error={state.error} onRetry={() => void state.refetch()} />}
      {state.data && (
        <>
          <div className={classes.head}>
            <span>{state.data.ran_at ? t('ran', { ago: timeAgo(state.data.ran_at) }) : t('never')}</span>
            <Switch
              label={t('links')}
              checked={links.isPending ? links.variables.body.links : state.data.links}
              disabled={!mayEdit}
              onChange={(event) => links.mutate({ body: { links: event.currentTarget.checked } })}
            />
          </div>
          <Tabs value={kind} onChange={choose} variant="pills" classNames={{ list: classes.tabs }}>
            <Tabs.List aria-label={t('kinds')}>
              {counts.map((c) => (
                <Tabs.Tab key={c.kind} value={c.kind}>
                  {t(`kind.${c.kind}`)} {c.count > 0 && <b>{c.count}</b>}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value={kind}>
              <p className={classes.hint}>{t(`hint.${kind}`)}</p>
              {list.isPending && <SkeletonList rows={3} height={72} />}
              {list.isError && !list.data && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
              {list.isSuccess && list.items.length === 0 && (
                <EmptyState icon={<IconCircleCheck size={28} stroke={1.5} />} title={t('none')} />
              )}
              <ul className={classes.list} data-old={list.isPlaceholderData || undefined}>
                {list.items.map((finding) => (
                  <FindingRow key={finding.id} finding={finding} onDismiss={(reason) => dismiss(finding.id, reason)} />
                ))}
              </ul>
              <div ref={list.endRef} />
            </Tabs.Panel>
          </Tabs>
        </>
      )}
    </>
  )
}
