import { Group, SegmentedControl, Select } from '@mantine/core'
import { IconFeather, IconPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listPostsInfiniteOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { useInfiniteList } from '@/shared/api/useInfiniteList'
import { PersonSelect } from '@/shared/people/PersonSelect'
import { oneOf } from '@/shared/router/search'
import { useMe } from '@/shared/session/session'
import { LinkButton } from '@/shared/ui/links'
import { PageHeader } from '@/shared/ui/PageHeader'
import { EmptyState, ErrorState, SkeletonList } from '@/shared/ui/States'
import { PostRow } from './PostRow'
import rowClasses from './PostRow.module.css'
import { postScopes, postStates, postsRoute } from './routes'

/** What marketing wrote, by state and owner. */
export function WrittenPosts() {
  const { t } = useTranslation('posts')
  const { t: tc } = useTranslation()
  const me = useMe()
  const search = postsRoute.useSearch()
  const { state, owner, scope } = search
  const navigate = useNavigate({ from: postsRoute.fullPath })
  const query = {
    state: state ? [state] : undefined,
    owner,
    mine: scope === 'mine' || undefined,
    writer: scope === 'written' ? me.id : undefined,
    limit: 30,
  }
  const list = useInfiniteList(listPostsInfiniteOptions({ query }))
  const setSearch = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  const isFiltered = Boolean(state || owner || scope)

  const write = (
    <LinkButton to="/posts/new" search={{ owner }} leftSection={<IconPlus size={16} />}>
      {t('write.button')}
    </LinkButton>
  )
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        {write}
      </PageHeader>
      <Group mb="md" gap="sm">
        <SegmentedControl
          aria-label={t('filter.scope')}
          value={scope ?? 'all'}
          onChange={(value) => setSearch({ scope: oneOf(value, postScopes) })}
          data={[
            { value: 'all', label: t('filter.all') },
            { value: 'written', label: t('filter.written') },
            { value: 'mine', label: t('filter.mine') },
          ]}
        />
        <Select
          aria-label={t('filter.state')}
          placeholder={t('filter.state')}
          clearable
          w={{ base: '100%', xs: 160 }}
          value={state ?? null}
          onChange={(value) => setSearch({ state: oneOf(value, postStates) })}
          data={postStates.map((value) => ({ value, label: tc(`state.${value}`) }))}
        />
        <PersonSelect
          aria-label={t('filter.owner')}
          placeholder={t('filter.owner')}
          clearable
          w={{ base: '100%', xs: 220 }}
          value={owner ?? null}
          onChange={(id) => setSearch({ owner: id ?? undefined })}
        />
      </Group>
      {list.isPending && <SkeletonList rows={5} height={88} />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.items.length === 0 && (
        <EmptyState
          icon={<IconFeather size={28} stroke={1.5} />}
          title={t(isFiltered ? 'empty.filtered' : 'empty.title')}
          action={
            isFiltered ? (
              <LinkButton to="/posts" search={{}} variant="default">
                {tc('action.clearFilters')}
              </LinkButton>
            ) : (
              write
            )
          }
        >
          {t(isFiltered ? 'empty.filteredHint' : 'empty.hint')}
        </EmptyState>
      )}
      <ul className={rowClasses.list} data-old={list.isPlaceholderData || undefined}>
        {list.items.map((post) => (
          <li key={post.id}>
            <PostRow post={post} withOwner />
          </li>
        ))}
      </ul>
      <div ref={list.endRef} />
    </>
  )
}
