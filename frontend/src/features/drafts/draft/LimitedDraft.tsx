import { IconLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/shared/api/generated/types.gen'
import { contentTypeLabel } from '@/shared/lib/contentType'
import { LinkButton } from '@/shared/ui/links'
import { PageHeader } from '@/shared/ui/PageHeader'
import { StateBadge } from '@/shared/ui/StateBadge'
import { EmptyState } from '@/shared/ui/States'

/** What authors and voters of its ideas see: title and state. */
export function LimitedDraft({ draft }: { draft: Draft }) {
  const { t } = useTranslation('drafts')
  return (
    <>
      <PageHeader
        title={draft.title}
        above={contentTypeLabel(draft.content_type)}
        badge={<StateBadge state={draft.state} />}
      />
      <EmptyState
        icon={<IconLock size={28} stroke={1.5} />}
        title={t('page.limitedTitle')}
        action={
          draft.resource_id && (
            <LinkButton to="/library/$resourceId" params={{ resourceId: draft.resource_id }} variant="default">
              {t('rail.resource')}
            </LinkButton>
          )
        }
      >
        {t('page.limited', { name: draft.writer.name })}
      </EmptyState>
    </>
  )
}
