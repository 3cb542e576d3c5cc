import { Button, SegmentedControl } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconHistory } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listVersionsOptions, lookAtDraftMutation } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Draft } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { EmptyState, ErrorState, SkeletonList } from '@/shared/ui/States'
import { draftRoute } from '../routes'
import { CompareView } from './CompareView'
import { byDay, isMilestone } from './group'
import { KeepVersionDialog } from './KeepVersionDialog'
import { VersionRow } from './VersionRow'
import classes from './Versions.module.css'

const days = new Intl.DateTimeFormat('en', { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' })

/** Copies of the piece by day, and what changed between any two of them and the text now. */
export function VersionsTab({ draft }: { draft: Draft }) {
  const { t } = useTranslation('drafts')
  const { version: chosen, with: other, sides } = draftRoute.useSearch()
  const navigate = useNavigate({ from: draftRoute.fullPath })
  const queryClient = useQueryClient()
  const [isKeeping, { open, close }] = useDisclosure()
  const [isOnlyMilestones, setOnlyMilestones] = useState(false)
  const list = useQuery(listVersionsOptions({ path: { id: draft.id } }))
  const canEdit = draft.allowed.includes('edit')
  const { mutate: look } = useMutation({
    ...lookAtDraftMutation(),
    onSuccess: () => invalidate(queryClient, 'getDraftChanges'),
  })
  const handleSeen = useCallback(
    (docVersion: number) => look({ path: { id: draft.id }, body: { doc_version: docVersion } }),
    [look, draft.id],
  )

  if (list.isPending) return <SkeletonList rows={4} height={52} />
  if (list.isError && !list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const all = list.data?.items ?? []
  const listed = isOnlyMilestones ? all.filter(isMilestone) : all
  const isKnown = chosen === 'now' || all.some((v) => v.id === chosen)
  const shown = isKnown ? chosen : all[0]?.id
  const at = all.findIndex((v) => v.id === shown)
  const before = other ?? (shown === 'now' ? all[0]?.id : (all[at + 1]?.id ?? all[at]?.id))
  const show = (search: { version?: string; with?: string; sides?: true | undefined }) =>
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
        <div className={classes.split} data-sides={sides}>
          <div className={classes.side}>
            <div className={classes.head}>
              {keep}
              <SegmentedControl
                size="xs"
                fullWidth
                aria-label={t('versions.filter')}
                value={isOnlyMilestones ? 'milestones' : 'all'}
                onChange={(value) => setOnlyMilestones(value === 'milestones')}
                data={[
                  { value: 'all', label: t('versions.all') },
                  { value: 'milestones', label: t('versions.milestones') },
                ]}
              />
            </div>
            <button
              type="button"
              className={classes.version}
              aria-current={shown === 'now' || undefined}
              onClick={() => show({ version: 'now', with: undefined })}
            >
              <span className={classes.number}>{t('versions.text')}</span>
            </button>
            {listed.length === 0 && <p className={classes.none}>{t('versions.noMilestones')}</p>}
            {byDay(listed).map((group) => (
              <section key={group.day} aria-label={days.format(group.day)}>
                <h3 className={classes.day}>{days.format(group.day)}</h3>
                <ol className={classes.list}>
                  {group.versions.map((version) => (
                    <li key={version.id}>
                      <VersionRow
                        draft={draft}
                        version={version}
                        isShown={version.id === shown}
                        onShow={() => show({ version: version.id, with: undefined })}
                      />
                    </li>
                  ))}
                </ol>
              </section>
            ))}
          </div>
          <CompareView
            key={`${shown} ${before}`}
            draft={draft}
            versions={all}
            shown={shown}
            other={before ?? shown}
            isSideBySide={Boolean(sides)}
            onChange={show}
            onSeen={handleSeen}
          />
        </div>
      )}
      {isKeeping && <KeepVersionDialog draftId={draft.id} onClose={close} />}
    </>
  )
}
