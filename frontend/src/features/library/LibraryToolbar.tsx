import { ActionIcon, Button, NativeSelect, Pill } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAdjustmentsHorizontal, IconLayoutGrid, IconList, IconStack2 } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FacetCount } from '@/shared/api/generated/types.gen'
import { oneOf } from '@/shared/router/search'
import { useMe } from '@/shared/session/session'
import { SearchInput } from '@/shared/ui/SearchInput'
import { Tip } from '@/shared/ui/Tip'
import { canBeRule, mayMake } from './collections/rule'
import { FacetPanel } from './FacetPanel'
import { chosen, labelOf, sortOf, tabCount, toggled } from './filters'
import classes from './LibraryPage.module.css'
import { type LibrarySearch, sorts } from './search'

const FilterSheet = lazy(() => import('@/shared/ui/FilterSheet').then((m) => ({ default: m.FilterSheet })))
const CollectionDialog = lazy(() =>
  import('./collections/CollectionDialog').then((m) => ({ default: m.CollectionDialog })),
)

interface LibraryToolbarProps {
  search: LibrarySearch
  counts: FacetCount[]
  onChange: (change: Partial<LibrarySearch>) => void
  onClear: () => void
  /** Beside the number of resources. */
  news?: ReactNode
}

/** Search, order and look of the list; the facets behind a counted button on phones; what is chosen, to be taken off. */
export function LibraryToolbar({ search, counts, onChange, onClear, news }: LibraryToolbarProps) {
  const { t } = useTranslation('library')
  const { t: tc } = useTranslation()
  const [isOpen, { open, close }] = useDisclosure()
  const [isWanted, setWanted] = useState(false)
  const filters = chosen(search)
  const total = tabCount(counts, search.tab ?? 'all')
  const me = useMe()
  const navigate = useNavigate()
  const [isCollecting, setCollecting] = useState(false)
  const isList = search.view === 'list'
  return (
    <>
      <div className={classes.toolbar}>
        <div className={classes.search}>
          <SearchInput label={t('search')} value={search.q ?? ''} onChange={(q) => onChange({ q: q || undefined })} />
        </div>
        <Button
          variant="default"
          className={classes.filterButton}
          leftSection={<IconAdjustmentsHorizontal size={16} />}
          onClick={() => {
            setWanted(true)
            open()
          }}
        >
          {filters.length > 0 ? t('filtersCount', { count: filters.length }) : t('filters')}
        </Button>
        <NativeSelect
          className={classes.sort}
          aria-label={t('sort.label')}
          value={sortOf(search)}
          onChange={(event) => onChange({ sort: oneOf(event.currentTarget.value, sorts) })}
          data={sorts.filter((s) => s !== 'best' || search.q).map((value) => ({ value, label: t(`sort.${value}`) }))}
        />
        <Tip label={isList ? t('view.grid') : t('view.list')}>
          <ActionIcon
            variant="default"
            size={36}
            className={classes.view}
            aria-label={isList ? t('view.grid') : t('view.list')}
            onClick={() => onChange({ view: isList ? undefined : 'list' })}
          >
            {isList ? <IconLayoutGrid size={17} stroke={1.7} /> : <IconList size={17} stroke={1.7} />}
          </ActionIcon>
        </Tip>
      </div>
      {filters.length > 0 && (
        <div className={classes.chosen}>
          {filters.map(({ facet, value }) => (
            <Pill
              key={`${facet} ${value}`}
              size="md"
              withRemoveButton
              removeButtonProps={{
                'aria-label': t('takeOff', { value: labelOf(facet, value, counts) }),
                'aria-hidden': false,
                tabIndex: 0,
              }}
              onRemove={() => onChange({ [facet]: toggled(search[facet], value) })}
            >
              {labelOf(facet, value, counts)}
            </Pill>
          ))}
          <Button size="compact-sm" variant="subtle" onClick={onClear}>
            {tc('action.clearFilters')}
          </Button>
          {mayMake(me) && canBeRule(search) && (
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconStack2 size={15} stroke={1.7} />}
              onClick={() => setCollecting(true)}
            >
              {t('collections.fromFilters')}
            </Button>
          )}
        </div>
      )}
      <Suspense>
        {isCollecting && (
          <CollectionDialog
            search={search}
            onClose={() => setCollecting(false)}
            onMade={({ id }) =>
              void navigate({ to: '/library/collections/$collectionId', params: { collectionId: id } })
            }
          />
        )}
      </Suspense>
      <div className={classes.total}>
        <span role="status">{total !== undefined && t('total', { count: total })}</span>
        {news}
      </div>
      <Suspense>
        {isWanted && (
          <FilterSheet title={t('filters')} opened={isOpen} onClose={close} done={t('show', { count: total ?? 0 })}>
            <FacetPanel counts={counts} search={search} onChange={onChange} />
          </FilterSheet>
        )}
      </Suspense>
    </>
  )
}
