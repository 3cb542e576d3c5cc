import './i18n'
import { Checkbox } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { countResourcesOptions, listResourcesInfiniteOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { useInfiniteList } from '@/shared/api/useInfiniteList'
import { lazyPart } from '@/shared/lib/lazyPart'
import { facetNames } from '@/shared/search/facets'
import { isMarketer, useMe } from '@/shared/session/session'
import { PageHeader } from '@/shared/ui/PageHeader'
import { ErrorState } from '@/shared/ui/States'
import { ViewTabs } from '@/shared/views/ViewTabs'
import { useFavourite } from './api'
import { useSelection } from './bulk/useSelection'
import { FacetPanel } from './FacetPanel'
import { chosen, queryOf, sortOf, tabCount, withoutFilters } from './filters'
import { LibraryActions } from './LibraryActions'
import classes from './LibraryPage.module.css'
import { FacetPanelSkeleton, LibrarySkeleton } from './LibrarySkeleton'
import { LibraryTabs } from './LibraryTabs'
import { LibraryToolbar } from './LibraryToolbar'
import { News } from './News'
import { ResourceCard, ResourceRow } from './ResourceCard'
import { libraryRoute } from './routes'
import type { LibrarySearch } from './search'
import { useFirstFew } from './useFirstFew'
import { useListKeys } from './useListKeys'

const NoMatch = lazyPart(() => import('./NoMatch').then((m) => m.NoMatch))
const SearchReport = lazyPart(() => import('./SearchReport').then((m) => m.SearchReport))
const SelectionBar = lazy(() => import('./bulk/SelectionBar').then((m) => ({ default: m.SelectionBar })))

/** What of the address a saved view has. */
const viewKeys = ['q', 'tab', 'sort', 'view', ...facetNames]

export function LibraryPage() {
  const { t } = useTranslation('library')
  const me = useMe()
  const search = libraryRoute.useSearch()
  const navigate = useNavigate({ from: libraryRoute.fullPath })
  const query = queryOf(search)
  const list = useInfiniteList(listResourcesInfiniteOptions({ query: { ...query, sort: sortOf(search), limit: 24 } }))
  const counts = useQuery({ ...countResourcesOptions({ query }), placeholderData: keepPreviousData })
  const isPlain = !search.q && !search.tab && chosen(search).length === 0
  const isWhole = list.isSuccess && !list.isPlaceholderData && !search.tab && chosen(search).length === 0
  const favourite = useFavourite({ canVanish: search.tab === 'favourites' })
  const selection = useSelection(list.items, isMarketer(me) || me.admin)
  const shown = useFirstFew(list.items)
  const listRef = useRef<HTMLUListElement>(null)
  const searchRef = useRef<HTMLDivElement>(null)
  useListKeys({
    listRef,
    searchRef,
    onFavourite: (id) => {
      const resource = list.items.find((r) => r.id === id)
      if (resource) favourite(resource)
    },
  })

  const set = (change: Partial<LibrarySearch>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true, resetScroll: false })
  const clear = () => void navigate({ search: withoutFilters, replace: true, resetScroll: false })
  const facets = counts.data?.items ?? []
  const isList = search.view === 'list'
  const Item = isList ? ResourceRow : ResourceCard

  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} isTight>
        <LibraryActions isSelecting={selection.isOn} onSelect={selection.isOn ? selection.end : selection.begin} />
      </PageHeader>
      <ViewTabs
        page="library"
        search={search}
        keys={viewKeys}
        shape={['tab', 'sort', 'view']}
        onOpen={(saved) => void navigate({ search: saved, replace: true, resetScroll: false })}
      />
      <LibraryTabs me={me} counts={facets} tab={search.tab ?? 'all'} />
      <div className={classes.columns}>
        <aside className={classes.side} aria-label={t('filters')}>
          {counts.data ? <FacetPanel counts={facets} search={search} onChange={set} /> : <FacetPanelSkeleton />}
        </aside>
        <div className={classes.main}>
          <div ref={searchRef}>
            <LibraryToolbar search={search} counts={facets} onChange={set} onClear={clear} news={isPlain && <News />} />
          </div>
          {list.isPending && <LibrarySkeleton isList={isList} />}
          {list.isError && !list.data && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
          <Suspense>
            {list.isSuccess && list.items.length === 0 && <NoMatch search={search} onClear={clear} />}
          </Suspense>
          <ul
            ref={listRef}
            className={isList ? classes.list : classes.grid}
            data-old={list.isPlaceholderData || undefined}
            aria-busy={list.isPlaceholderData}
          >
            {shown.map((resource) => (
              <li key={resource.id} className={selection.isOn ? classes.selectable : undefined}>
                {selection.isOn && (
                  <Checkbox
                    className={classes.box}
                    aria-label={t('bulk.select', { title: resource.title })}
                    checked={selection.has(resource.id)}
                    onChange={(event) =>
                      selection.press(
                        resource.id,
                        event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey,
                      )
                    }
                  />
                )}
                <Item resource={resource} onFavourite={favourite} />
              </li>
            ))}
          </ul>
          {list.isFetchingNextPage && <LibrarySkeleton isList={isList} count={3} />}
          {list.isFetchNextPageError && <ErrorState error={list.error} onRetry={() => void list.fetchNextPage()} />}
          <div ref={list.endRef} />
          <Suspense>
            {search.q && (
              <SearchReport words={search.q} found={isWhole ? list.items.length : undefined} listRef={listRef} />
            )}
          </Suspense>
          <Suspense>
            {selection.isOn && (
              <SelectionBar selection={selection} query={query} total={tabCount(facets, search.tab ?? 'all')} />
            )}
          </Suspense>
        </div>
      </div>
    </>
  )
}
