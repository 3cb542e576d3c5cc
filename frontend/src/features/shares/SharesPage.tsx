import './i18n'
import { Button, Chip, Group, Pill, SegmentedControl } from '@mantine/core'
import { IconShare } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { countSharesOptions, listSharesInfiniteOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Person } from '@/shared/api/generated/types.gen'
import { useInfiniteList } from '@/shared/api/useInfiniteList'
import { oneOf } from '@/shared/router/search'
import { isMarketer, useMe } from '@/shared/session/session'
import { LinkButton } from '@/shared/ui/links'
import { PageHeader } from '@/shared/ui/PageHeader'
import { SearchInput } from '@/shared/ui/SearchInput'
import { EmptyState, ErrorState, SkeletonList } from '@/shared/ui/States'
import { ChosenBar } from './ChosenBar'
import { shareScopes, shareStates, sharesRoute } from './routes'
import { ShareRow } from './ShareRow'
import classes from './Shares.module.css'

const pageSize = 30

/** Whose shares somebody may ask for. */
function scopesOf(me: Person) {
  if (me.admin || (me.lead && isMarketer(me))) return shareScopes
  return me.lead ? (['mine', 'team'] as const) : (['mine'] as const)
}

export function SharesPage() {
  const { t } = useTranslation('shares')
  const { t: tc } = useTranslation()
  const me = useMe()
  const search = sharesRoute.useSearch()
  const navigate = useNavigate({ from: sharesRoute.fullPath })
  const scopes = scopesOf(me)
  // what one came to see of one resource is everybody's that one may see
  const scope = search.scope ?? (search.resource ? 'all' : 'mine')
  const { q, resource, owner, state } = search
  const query = { q, resource, owner, scope }
  const list = useInfiniteList(listSharesInfiniteOptions({ query: { ...query, state, limit: pageSize } }))
  const counts = useQuery({ ...countSharesOptions({ query }), placeholderData: keepPreviousData })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const set = (change: Partial<typeof search>) => {
    setChosen(new Set())
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true, resetScroll: false })
  }
  const countOf = (name: string) => counts.data?.items.find((c) => c.state === name)?.count ?? 0
  const states: readonly string[] = state ?? shareStates
  const total = (counts.data?.items ?? []).reduce((sum, c) => sum + (states.includes(c.state) ? c.count : 0), 0)
  const loadAll = async (most: number) => {
    let loaded = list.data
    let hasMore = list.hasNextPage
    while (hasMore && (loaded?.pages.length ?? 0) * pageSize < most) {
      const next = await list.fetchNextPage()
      if (next.isError) throw next.error
      loaded = next.data
      hasMore = next.hasNextPage
    }
    return loaded?.pages.flatMap((page) => page.items) ?? []
  }
  const shown = list.items.filter((s) => chosen.has(s.id))
  const isNarrowed = Boolean(q || state || resource || owner)
  const choose = (ids: string[], isChosen: boolean) =>
    setChosen((old) => {
      const next = new Set(old)
      for (const id of ids) isChosen ? next.add(id) : next.delete(id)
      return next
    })

  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <Group mb="md" gap="sm">
        <SearchInput label={t('search')} value={q ?? ''} onChange={(words) => set({ q: words || undefined })} />
        {scopes.length > 1 && (
          <SegmentedControl
            aria-label={t('scopes')}
            value={scope}
            onChange={(value) => set({ scope: oneOf(value, shareScopes) })}
            data={scopes.map((value) => ({ value, label: t(`scope.${value}`) }))}
          />
        )}
      </Group>
      <Group mb="md" gap={6} role="group" aria-label={t('states')}>
        {shareStates
          .filter((name) => countOf(name) > 0 || state?.includes(name))
          .map((name) => (
            <Chip
              key={name}
              size="sm"
              variant="light"
              classNames={{ label: classes.chip }}
              checked={state?.includes(name) ?? false}
              onChange={(isOn) => {
                const rest = (state ?? []).filter((s) => s !== name)
                const next = isOn ? [...rest, name] : rest
                set({ state: next.length > 0 ? next : undefined })
              }}
            >
              {t(`state.${name}`)} {countOf(name)}
            </Chip>
          ))}
        {resource && (
          <Pill
            withRemoveButton
            onRemove={() => set({ resource: undefined })}
            removeButtonProps={{ 'aria-hidden': false, 'aria-label': tc('action.clear') }}
          >
            {t('narrowed.resource')}
          </Pill>
        )}
        {owner && (
          <Pill
            withRemoveButton
            onRemove={() => set({ owner: undefined })}
            removeButtonProps={{ 'aria-hidden': false, 'aria-label': tc('action.clear') }}
          >
            {t('narrowed.owner')}
          </Pill>
        )}
      </Group>
      {list.isPending && <SkeletonList rows={5} height={72} />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.items.length === 0 && (
        <EmptyState
          icon={<IconShare size={28} stroke={1.5} />}
          title={isNarrowed ? t('noMatch') : t('empty')}
          action={
            isNarrowed ? (
              <Button
                variant="default"
                onClick={() => set({ q: undefined, state: undefined, resource: undefined, owner: undefined })}
              >
                {tc('action.clearFilters')}
              </Button>
            ) : (
              <LinkButton to="/library" search={{ sharing: ['shareable'] }}>
                {t('toLibrary')}
              </LinkButton>
            )
          }
        >
          {!isNarrowed && t('emptyHint')}
        </EmptyState>
      )}
      {list.items.length > 0 && (
        <ChosenBar
          shown={list.items}
          chosen={shown}
          total={Math.max(total, list.items.length)}
          onChoose={choose}
          onAll={loadAll}
          onDone={() => setChosen(new Set())}
        />
      )}
      <ul className={classes.list} data-old={list.isPlaceholderData || undefined}>
        {list.items.map((share) => (
          <li key={share.id}>
            <ShareRow
              share={share}
              withOwner={scope !== 'mine'}
              isChosen={chosen.has(share.id)}
              onChoose={(isChosen) => choose([share.id], isChosen)}
            />
          </li>
        ))}
      </ul>
      <div ref={list.endRef} />
    </>
  )
}
