import './i18n'
import { Button, SegmentedControl } from '@mantine/core'
import { IconBell, IconChecks } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { countUnreadOptions, listNotificationsInfiniteOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { useInfiniteList } from '@/shared/api/useInfiniteList'
import card from '@/shared/ui/Card.module.css'
import { PageHeader } from '@/shared/ui/PageHeader'
import { EmptyState, ErrorState, SkeletonList } from '@/shared/ui/States'
import { toast } from '@/shared/ui/toast'
import { useMark } from './api'
import { InboxRow } from './InboxRow'
import { groupInbox } from './inbox'
import { notificationsRoute } from './routes'

export function NotificationsPage() {
  const { t } = useTranslation('notifications')
  const { all } = notificationsRoute.useSearch()
  const navigate = useNavigate({ from: notificationsRoute.fullPath })
  const list = useInfiniteList(listNotificationsInfiniteOptions({ query: { unread: !all || undefined, limit: 50 } }))
  const { data: count } = useQuery(countUnreadOptions())
  const mark = useMark()
  const groups = groupInbox(list.items)

  const markAll = () => {
    const ids = list.items.filter((i) => !i.read_at).map((i) => i.id)
    mark.mutate(
      { read: true },
      {
        onSuccess: () =>
          toast.undo({
            message: t('allRead'),
            onUndo: () => ids.length > 0 && mark.mutate({ ids: ids.slice(0, 200), read: false }),
          }),
      },
    )
  }

  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        <Button
          variant="default"
          leftSection={<IconChecks size={16} stroke={1.7} />}
          disabled={!count?.unread}
          onClick={markAll}
        >
          {t('markAll')}
        </Button>
      </PageHeader>
      <SegmentedControl
        mb="sm"
        aria-label={t('view.label')}
        value={all ? 'all' : 'unread'}
        onChange={(value) => void navigate({ search: { all: value === 'all' || undefined }, replace: true })}
        data={[
          { value: 'unread', label: t('view.unread') },
          { value: 'all', label: t('view.all') },
        ]}
      />
      {list.isPending && <SkeletonList height={96} />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && groups.length === 0 && (
        <EmptyState icon={<IconBell size={28} stroke={1.5} />} title={all ? t('emptyAll') : t('empty')}>
          {t('emptyHint')}
        </EmptyState>
      )}
      <ul className={card.list} data-old={list.isPlaceholderData || undefined}>
        {groups.map((group) => (
          <InboxRow key={group.key} group={group} />
        ))}
      </ul>
      <div ref={list.endRef} />
    </>
  )
}
