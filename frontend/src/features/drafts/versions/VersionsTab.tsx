import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listVersionsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Draft } from '@/shared/api/generated/types.gen'
import { StateBadge, ToneBadge } from '@/shared/ui/StateBadge'
import { EmptyState, ErrorState, SkeletonList } from '@/shared/ui/States'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { draftRoute } from '../routes'
import { KeepVersionDialog } from './KeepVersionDialog'
import classes from './Versions.module.css'
import { VersionView } from './VersionView'

/** Copies of the piece, and what changed from one to the next. */
export function VersionsTab({ draft }: { draft: Draft }) {
  const { t } = useTranslation('drafts')
  const { version: chosen, with: other } = draftRoute.useSearch()
  const navigate = useNavigate({ from: draftRoute.fullPath })
  const [isKeeping, { open, close }] = useDisclosure()
  const list = useQuery(listVersionsOptions({ path: { id: draft.id } }))
  const canEdit = draft.allowed.includes('edit')

  if (list.isPending) return <SkeletonList rows={4} height={52} />
  if (list.isError && !list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const versions = list.data?.items ?? []
  const shown = versions.find((v) => v.id === chosen) ?? versions[0]
  const show = (search: { version?: string; with?: string }) =>
    void navigate({ search: (old) => ({ ...old, ...search }), replace: true })
  const keep = canEdit && (
    <Button variant="default" size="sm" onClick={open}>
      {t('versions.keep')}
    </Button>
  )
  return (
    <>
      {!shown && (
        <EmptyState icon={<IconHistory size={28} stroke={1.5} />} title={t('versions.empty')} action={keep}>
          {t('versions.emptyHint')}
        </EmptyState>
      )}
      {shown && (
        <div className={classes.split}>
          <div>
            {keep}
            <ol className={classes.list} aria-label={t('versions.list')}>
              {versions.map((version) => (
                <li key={version.id}>
                  <button
                    type="button"
                    className={classes.version}
                    aria-current={version.id === shown.id || undefined}
                    onClick={() => show({ version: version.id, with: undefined })}
                  >
                    <span className={classes.number}>
                      {t('versions.number', { number: version.number })}
                      {version.id === draft.current_version_id && draft.state === 'in_review' && (
                        <ToneBadge tone="amber">{t('versions.current')}</ToneBadge>
                      )}
                      {version.id === draft.current_version_id &&
                        (draft.state === 'approved' || draft.state === 'published') && (
                          <StateBadge state={draft.state} />
                        )}
                    </span>
                    <span className={classes.detail}>
                      {version.label || t(`versions.reason.${version.reason}`)} · {version.by.name} ·{' '}
                      <TimeAgo when={version.created_at} />
                    </span>
                  </button>
                </li>
              ))}
            </ol>
          </div>
          <VersionView
            key={shown.id}
            draft={draft}
            versions={versions}
            version={shown}
            other={other}
            onOther={(id) => show({ version: shown.id, with: id })}
          />
        </div>
      )}
      {isKeeping && <KeepVersionDialog draftId={draft.id} onClose={close} />}
    </>
  )
}
