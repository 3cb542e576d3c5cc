import './i18n'
import { Button, SegmentedControl } from '@mantine/core'
import { IconBulb, IconPlus, IconZoomQuestion } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listIdeasInfiniteOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Person } from '@/shared/api/generated/types.gen'
import { useInfiniteList } from '@/shared/api/useInfiniteList'
import { oneOf } from '@/shared/router/search'
import { useMe } from '@/shared/session/session'
import card from '@/shared/ui/Card.module.css'
import { LinkButton } from '@/shared/ui/links'
import { openNewIdea } from '@/shared/ui/overlays'
import { PageHeader } from '@/shared/ui/PageHeader'
import { EmptyState, ErrorState, SkeletonList } from '@/shared/ui/States'
import { ViewTabs } from '@/shared/views/ViewTabs'
import { IdeaFilters } from './IdeaFilters'
import { IdeaRow } from './IdeaRow'
import classes from './IdeasPage.module.css'
import { canSeeDemand, canTriage } from './policy'
import { type IdeasSearch, ideasRoute } from './routes'
import { useRowKeys } from './useRowKeys'

/** What the address asks for, as the server wants it. */
export function queryOf({ view, q, state, kind, tag, sort }: IdeasSearch, me: Person) {
  const isUnanswered = view === 'unanswered'
  return {
    q,
    state: isUnanswered ? (['new'] as const).slice() : state,
    kind,
    tag,
    author: view === 'mine' ? me.id : undefined,
    voted: view === 'voted' || undefined,
    sort: sort ?? (isUnanswered ? ('old' as const) : undefined),
    limit: 30,
  }
}

/** What of the address a saved view has. */
const viewKeys = ['view', 'q', 'state', 'kind', 'tag', 'sort']

export function IdeasPage() {
  const { t } = useTranslation('ideas')
  const me = useMe()
  const search = ideasRoute.useSearch()
  const navigate = useNavigate({ from: ideasRoute.fullPath })
  const list = useInfiniteList(listIdeasInfiniteOptions({ query: queryOf(search, me) }))
  useRowKeys()

  const setSearch = (change: Partial<IdeasSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true })

  const views = [
    { value: 'all', label: t('view.all') },
    { value: 'mine', label: t('view.mine') },
    { value: 'voted', label: t('view.voted') },
    ...(canTriage(me) ? [{ value: 'unanswered', label: t('view.unanswered') }] : []),
  ]

  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        {canSeeDemand(me) && (
          <LinkButton to="/ideas/missing" variant="default" leftSection={<IconZoomQuestion size={16} stroke={1.7} />}>
            {t('demand.to')}
          </LinkButton>
        )}
        <Button leftSection={<IconPlus size={16} />} onClick={() => openNewIdea()}>
          {t('new.title')}
        </Button>
      </PageHeader>
      <ViewTabs
        page="ideas"
        search={search}
        keys={viewKeys}
        shape={['view', 'sort']}
        onOpen={(saved) => void navigate({ search: saved, replace: true })}
      />
      <div className={classes.views}>
        <SegmentedControl
          aria-label={t('view.label')}
          value={search.view ?? 'all'}
          onChange={(value) => setSearch({ view: oneOf(value, ['mine', 'voted', 'unanswered']), sort: undefined })}
          data={views}
        />
      </div>
      <IdeaFilters search={search} onChange={setSearch} />
      {list.isPending && <SkeletonList height={74} />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.items.length === 0 && <Nothing search={search} onChange={setSearch} />}
      <ul className={card.list} data-old={list.isPlaceholderData || undefined}>
        {list.items.map((idea) => (
          <IdeaRow key={idea.id} idea={idea} onTag={(tag) => setSearch({ tag })} />
        ))}
      </ul>
      {list.isFetchingNextPage && <SkeletonList rows={2} height={74} />}
      {list.isFetchNextPageError && <ErrorState error={list.error} onRetry={() => void list.fetchNextPage()} />}
      <div ref={list.endRef} />
    </>
  )
}

interface NothingProps {
  search: IdeasSearch
  onChange: (change: Partial<IdeasSearch>) => void
}

function Nothing({ search, onChange }: NothingProps) {
  const { t } = useTranslation('ideas')
  const { t: tc } = useTranslation()
  const icon = <IconBulb size={28} stroke={1.5} />
  const file = (title?: string) => <Button onClick={() => openNewIdea(title)}>{t('new.title')}</Button>
  if (search.q) {
    return (
      <EmptyState icon={icon} title={t('empty.noMatch', { q: search.q })} action={file(search.q)}>
        {t('empty.noMatchHint')}
      </EmptyState>
    )
  }
  if (search.state || search.kind || search.tag) {
    return (
      <EmptyState
        icon={icon}
        title={t('empty.filtered')}
        action={
          <Button variant="default" onClick={() => onChange({ state: undefined, kind: undefined, tag: undefined })}>
            {tc('action.clearFilters')}
          </Button>
        }
      />
    )
  }
  const view = search.view ?? 'all'
  return (
    <EmptyState icon={icon} title={t(`empty.${view}`)} action={view === 'all' || view === 'mine' ? file() : undefined}>
      {t(`empty.${view}Hint`)}
    </EmptyState>
  )
}
