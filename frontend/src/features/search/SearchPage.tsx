import './i18n'
import { Button, NativeSelect } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAdjustmentsHorizontal, IconBulb } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, lazy, type MouseEvent, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { searchOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { useShortcuts } from '@/shared/lib/keys'
import { lazyPart } from '@/shared/lib/lazyPart'
import { oneOf } from '@/shared/router/search'
import { useCorrection } from '@/shared/search/useCorrection'
import { useSearchReport } from '@/shared/search/useSearchReport'
import { openNewIdea } from '@/shared/ui/overlays'
import { PageHeader } from '@/shared/ui/PageHeader'
import { SearchInput } from '@/shared/ui/SearchInput'
import { EmptyState, ErrorState, SkeletonList } from '@/shared/ui/States'
import { DidYouMean } from './DidYouMean'
import { foundOf } from './hits'
import { KindTabs } from './KindTabs'
import { Narrow } from './Narrow'
import { ResultRow } from './ResultRow'
import { searchRoute } from './routes'
import classes from './SearchPage.module.css'
import { countNarrowed, type PageSearch, sorts } from './search'
import { useResults } from './useResults'

const FilterSheet = lazy(() => import('@/shared/ui/FilterSheet').then((m) => ({ default: m.FilterSheet })))
const SaveSearch = lazyPart(() => import('./SaveSearch').then((m) => m.SaveSearch))
const TellMe = lazyPart(() => import('@/shared/search/TellMe').then((m) => m.TellMe))
const Start = lazy(() => import('./Start').then((m) => ({ default: m.Start })))

export function SearchPage() {
  const { t } = useTranslation('search')
  const { t: tc } = useTranslation()
  const search = searchRoute.useSearch()
  const navigate = useNavigate({ from: searchRoute.fullPath })
  const results = useResults(search)
  const { q } = search
  // how many there are of each kind, whichever kind is looked at
  const kinds = useQuery({
    ...searchOptions({ query: { q, facets: ['in'], limit: 1 } }),
    enabled: Boolean(q),
    placeholderData: keepPreviousData,
  })
  const [isOpen, { open, close }] = useDisclosure()
  const [isWanted, setWanted] = useState(false)
  const boxRef = useRef<HTMLDivElement>(null)
  const listRef = useRef<HTMLOListElement>(null)
  const focusBox = () => boxRef.current?.querySelector('input')?.focus()
  const step = (by: number) => {
    const links = Array.from(listRef.current?.querySelectorAll<HTMLElement>('[data-hit]') ?? [])
    const at = links.indexOf(document.activeElement as HTMLElement)
    links[at === -1 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)]?.focus()
  }
  // whoever comes without words wants to write some
  const isEmpty = !q
  useEffect(() => {
    if (isEmpty) boxRef.current?.querySelector('input')?.focus({ preventScroll: true })
  }, [isEmpty])
  const handleBoxKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.key !== 'ArrowDown') return
    event.preventDefault()
    step(1)
  }
  const handleListKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const isFirst = document.activeElement === listRef.current?.querySelector('[data-hit]')
    const keys: Record<string, () => void> = {
      ArrowDown: () => step(1),
      ArrowUp: isFirst ? focusBox : () => step(-1),
      Escape: focusBox,
    }
    const run = keys[event.key]
    if (!run) return
    event.preventDefault()
    run()
  }
  const group = t('title')
  useShortcuts([
    { keys: '/', label: t('box'), group, run: focusBox },
    { keys: 'j', label: t('keys.next'), group, run: () => step(1) },
    { keys: 'k', label: t('keys.previous'), group, run: () => step(-1) },
  ])

  const set = (change: Partial<PageSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true, resetScroll: false })
  const clear = () => void navigate({ search: ({ q, in: kind, sort }) => ({ q, in: kind, sort }), replace: true })
  const narrowed = countNarrowed(search)
  const isNarrowed = narrowed > 0
  const first = results.data?.pages[0]
  const isWhole = !isNarrowed && !search.in && !results.isPlaceholderData
  const meant = useCorrection(q ?? '', isWhole ? first?.hits : undefined)
  const run = useSearchReport(q ?? '', first && isWhole ? foundOf(first) : undefined)
  const handleNarrow = () => {
    setWanted(true)
    open()
  }
  const handleOpen = (event: MouseEvent) => {
    if ((event.target as Element).closest('[data-hit]')) run.opened()
  }
  const narrow = <Narrow facets={first?.facets ?? {}} search={search} onChange={set} onClear={clear} />

  return (
    <>
      <PageHeader
        title={q ? t('titleOf', { words: q }) : t('title')}
        heading={<h1 className={classes.heading}>{t('title')}</h1>}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the box in it */}
      <div className={classes.box} ref={boxRef} onKeyDown={handleBoxKey}>
        <SearchInput label={t('box')} value={q ?? ''} onChange={(words) => set({ q: words || undefined })} />
      </div>
      {!q && (
        <Suspense fallback={<SkeletonList rows={3} height={44} />}>
          <Start />
        </Suspense>
      )}
      {q && (
        <>
          <KindTabs counts={kinds.data?.facets.in} kind={search.in} />
          <div className={classes.columns}>
            <aside className={classes.side} aria-label={t('narrow')}>
              {narrow}
            </aside>
            <div className={classes.main}>
              <Suspense>
                {isWanted && (
                  <FilterSheet title={t('narrow')} opened={isOpen} onClose={close}>
                    {narrow}
                  </FilterSheet>
                )}
              </Suspense>
              {results.isPending && <SkeletonList rows={6} height={84} />}
              {results.isError && !results.data && (
                <ErrorState error={results.error} onRetry={() => void results.refetch()} />
              )}
              {meant && <DidYouMean words={meant} />}
              {first && (
                <div className={classes.head}>
                  <p className={classes.total} role="status">
                    {first.hits.length > 0 && t('about', { count: first.estimated_total })}
                  </p>
                  <Suspense>{first.hits.length > 0 && <SaveSearch search={search} />}</Suspense>
                  {(first.hits.length > 0 || isNarrowed) && (
                    <Button
                      variant="default"
                      className={classes.narrowButton}
                      leftSection={<IconAdjustmentsHorizontal size={16} />}
                      aria-label={isNarrowed ? t('narrowCount', { count: narrowed }) : t('narrow')}
                      onClick={handleNarrow}
                    >
                      {isNarrowed ? t('narrowShortCount', { count: narrowed }) : t('narrowShort')}
                    </Button>
                  )}
                  {first.hits.length > 0 && (
                    <NativeSelect
                      size="xs"
                      className={classes.sort}
                      aria-label={t('sort.label')}
                      value={search.sort ?? 'best'}
                      onChange={(event) => set({ sort: oneOf(event.currentTarget.value, sorts.slice(1)) })}
                      data={sorts.map((value) => ({ value, label: t(`sort.${value}`) }))}
                    />
                  )}
                </div>
              )}
              {first?.degraded && first.hits.length > 0 && <p className={classes.degraded}>{t('degraded')}</p>}
              {first?.hits.length === 0 && !results.isPlaceholderData && (
                <EmptyState
                  icon={<IconBulb size={28} stroke={1.5} />}
                  title={t('nothing', { words: q })}
                  action={
                    isNarrowed ? (
                      <Button onClick={clear}>{tc('action.clearFilters')}</Button>
                    ) : (
                      <Button onClick={() => openNewIdea(q)}>{t('askFor')}</Button>
                    )
                  }
                >
                  {isNarrowed ? t('nothingNarrowed') : t('nothingHint')}
                </EmptyState>
              )}
              {first?.hits.length === 0 && isWhole && (
                <Suspense>
                  <TellMe />
                </Suspense>
              )}
              <ol
                ref={listRef}
                className={classes.list}
                data-old={results.isPlaceholderData || undefined}
                onKeyDown={handleListKey}
                onClickCapture={handleOpen}
                onAuxClickCapture={handleOpen}
              >
                {results.hits.map((hit) => (
                  <li key={`${hit.type} ${hit.id} ${hit.page}`}>
                    <ResultRow hit={hit} />
                  </li>
                ))}
              </ol>
              {results.hasNextPage && (
                <Button
                  variant="default"
                  mt="lg"
                  loading={results.isFetchingNextPage}
                  onClick={() => void results.fetchNextPage()}
                >
                  {t('showMore')}
                </Button>
              )}
            </div>
          </div>
        </>
      )}
    </>
  )
}
