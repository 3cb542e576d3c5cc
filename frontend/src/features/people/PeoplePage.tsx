import './i18n'
import { Button, Group, SegmentedControl } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconUserPlus, IconUsers } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listPeopleInfiniteOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { useInfiniteList } from '@/shared/api/useInfiniteList'
import { oneOf } from '@/shared/router/search'
import { useMe } from '@/shared/session/session'
import { PageHeader } from '@/shared/ui/PageHeader'
import { SearchInput } from '@/shared/ui/SearchInput'
import { EmptyState, ErrorState, SkeletonList } from '@/shared/ui/States'
import { InviteDialog } from './InviteDialog'
import classes from './PeoplePage.module.css'
import { PersonCard } from './PersonCard'
import { peopleRoute } from './routes'

export function PeoplePage() {
  const { t } = useTranslation('people')
  const { t: tc } = useTranslation()
  const me = useMe()
  const [isInviting, { open, close }] = useDisclosure()
  const { q, side } = peopleRoute.useSearch()
  const navigate = useNavigate({ from: peopleRoute.fullPath })
  const list = useInfiniteList(listPeopleInfiniteOptions({ query: { q, side, limit: 60 } }))

  const setSearch = (change: { q?: string; side?: 'sales' | 'marketing' }) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true })

  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        {(me.lead || me.admin) && (
          <Button leftSection={<IconUserPlus size={16} />} onClick={open}>
            {t('invite.button')}
          </Button>
        )}
      </PageHeader>
      <Group mb="lg">
        <SearchInput label={t('search')} value={q ?? ''} onChange={(words) => setSearch({ q: words || undefined })} />
        <SegmentedControl
          aria-label={t('side')}
          value={side ?? 'all'}
          onChange={(value) => setSearch({ side: oneOf(value, ['sales', 'marketing']) })}
          data={[
            { value: 'all', label: t('all') },
            { value: 'sales', label: tc('side.sales') },
            { value: 'marketing', label: tc('side.marketing') },
          ]}
        />
      </Group>
      {list.isPending && <SkeletonList rows={4} height={76} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.items.length === 0 && (
        <EmptyState icon={<IconUsers size={28} stroke={1.5} />} title={t('empty')}>
          {t('emptyHint')}
        </EmptyState>
      )}
      <ul className={classes.grid} data-old={list.isPlaceholderData || undefined}>
        {list.items.map((person) => (
          <li key={person.id}>
            <PersonCard person={person} />
          </li>
        ))}
      </ul>
      <div ref={list.endRef} />
      {isInviting && <InviteDialog me={me} onClose={close} />}
    </>
  )
}
