import { IconArrowLeft } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/shared/api/generated/types.gen'
import { FollowButton } from '@/shared/discussion/FollowButton'
import { contentTypeLabel } from '@/shared/lib/contentType'
import { LinkAnchor } from '@/shared/ui/links'
import { PageHeader } from '@/shared/ui/PageHeader'
import { StateBadge, ToneBadge } from '@/shared/ui/StateBadge'
import { toast } from '@/shared/ui/toast'
import { useUpdateDraft } from '../api'
import classes from './DraftHeader.module.css'
import { TitleInPlace } from './TitleInPlace'

const FileMenu = lazy(() => import('../richtext/FileMenu').then((m) => ({ default: m.FileMenu })))

export function DraftHeader({ draft }: { draft: Draft }) {
  const { t } = useTranslation('drafts')
  const update = useUpdateDraft(draft)
  const canPlan = draft.allowed.includes('plan')
  const handleTitle = (title: string) =>
    update.mutate({ change: { title } }, { onError: (error) => toast.error(error) })
  return (
    <PageHeader
      title={draft.title}
      above={
        <span className={classes.above}>
          <LinkAnchor to="/drafts" c="dimmed" size="sm" className={classes.back}>
            <IconArrowLeft size={14} aria-hidden /> {t('page.back')}
          </LinkAnchor>
          <span aria-hidden>·</span>
          {contentTypeLabel(draft.content_type)}
        </span>
      }
      heading={
        canPlan ? (
          <TitleInPlace
            title={update.isPending ? (update.variables.change.title ?? draft.title) : draft.title}
            onSave={handleTitle}
          />
        ) : undefined
      }
      badge={
        <>
          <StateBadge state={draft.state} />
          {draft.confidential && <ToneBadge tone="neutral">{t('card.confidential')}</ToneBadge>}
        </>
      }
    >
      <Suspense fallback={<span style={{ width: 36 }} />}>
        <FileMenu draft={draft} />
      </Suspense>
      <FollowButton type="draft" id={draft.id} />
    </PageHeader>
  )
}
