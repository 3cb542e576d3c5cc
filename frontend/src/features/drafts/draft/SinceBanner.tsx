import { Button } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { getDraftChangesOptions, lookAtDraftMutation } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Draft } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { formatDateTime } from '@/shared/lib/format'
import { LinkAnchor } from '@/shared/ui/links'
import { draftRoute } from '../routes'
import { listOf } from './AskedList'
import classes from './SinceBanner.module.css'

/**
 * What others changed since one last looked, until it is seen. Whoever has the text before their eyes sees it change: from
 * then on the server hears how far they have seen it.
 */
export function SinceBanner({ draft, isText }: { draft: Draft; isText: boolean }) {
  const { t } = useTranslation('drafts')
  const queryClient = useQueryClient()
  const navigate = useNavigate({ from: draftRoute.fullPath })
  const isUpToDate = useRef(false) // had seen everything while the text was open
  const changes = useQuery({
    ...getDraftChangesOptions({ path: { id: draft.id } }),
    refetchInterval: isText ? 20_000 : false,
  })
  const { mutate: look } = useMutation({
    ...lookAtDraftMutation(),
    onSuccess: () => invalidate(queryClient, 'getDraftChanges'),
  })
  const { data } = changes
  const looked = data?.looked
  const hasNews = Boolean(looked?.changed)
  useEffect(() => {
    const isWatching = isText && !document.hidden
    if (!data || !isWatching) {
      if (!isWatching) isUpToDate.current = false
      return
    }
    if (hasNews && !isUpToDate.current) return
    isUpToDate.current = true
    if (data.doc_version > (data.looked?.doc_version ?? 0)) {
      look({ path: { id: draft.id }, body: { doc_version: data.doc_version } })
    }
  }, [data, hasNews, isText, look, draft.id])

  if (!data) return null
  const inReview = draft.state === 'in_review'
  const earlier = inReview ? [data.approved, data.submitted].filter((mark) => mark?.changed && mark.version_id) : []
  if (!(hasNews && looked) && earlier.length === 0) return null
  const handleView = () =>
    void navigate({ search: (old) => ({ ...old, tab: 'versions', version: 'now', with: 'looked' }) })
  return (
    <section className={classes.banner} aria-label={t('since.label')}>
      <IconEye size={18} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        {hasNews && looked && (
          <p>
            {t('since.looked', { when: formatDateTime(looked.at) })}
            {looked.by.length > 0 && ` ${t('since.by', { names: listOf(looked.by.map((p) => p.name)) })}`}
          </p>
        )}
        {earlier.map((mark) => (
          <p key={mark?.version_id} className={classes.since}>
            {t(mark === data.approved ? 'since.approved' : 'since.submitted', { number: mark?.number })}:{' '}
            <LinkAnchor
              to="/drafts/$draftId"
              params={{ draftId: draft.id }}
              search={{ tab: 'versions', version: 'now', with: mark?.version_id }}
            >
              {t('since.view')}
            </LinkAnchor>
          </p>
        ))}
      </div>
      {hasNews && (
        <div className={classes.buttons}>
          <Button size="xs" onClick={handleView}>
            {t('since.view')}
          </Button>
          <Button
            size="xs"
            variant="default"
            onClick={() => look({ path: { id: draft.id }, body: { doc_version: data.doc_version } })}
          >
            {t('since.seen')}
          </Button>
        </div>
      )}
    </section>
  )
}
