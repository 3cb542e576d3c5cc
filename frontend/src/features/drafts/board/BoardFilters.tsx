import { Button, Popover, SegmentedControl, Skeleton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconFilter, IconLayoutKanban, IconList } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { oneOf } from '@/shared/router/search'
import type { BoardSearch } from '../routes'
import classes from './BoardFilters.module.css'

const FilterFields = lazy(() => import('./FilterFields').then((m) => ({ default: m.FilterFields })))

const shows = ['mine', 'waiting', 'overdue'] as const

export interface BoardFiltersProps {
  search: BoardSearch
  onChange: (change: Partial<BoardSearch>) => void
}

export function BoardFilters({ search, onChange }: BoardFiltersProps) {
  const { t } = useTranslation('drafts')
  const isPhone = useMediaQuery('(max-width: 48em)')
  const count = [search.person, search.type, search.archived].filter(Boolean).length
  return (
    <div className={classes.bar}>
      <SegmentedControl
        className={classes.show}
        aria-label={t('filter.show')}
        value={search.show ?? 'all'}
        onChange={(value) => onChange({ show: oneOf(value, shows) })}
        data={[
          { value: 'all', label: t('filter.all') },
          ...shows.map((value) => ({ value, label: t(`filter.${value}`) })),
        ]}
      />
      <Popover position="bottom-start" width={280} trapFocus>
        <Popover.Target>
          <Button variant={count > 0 ? 'light' : 'default'} leftSection={<IconFilter size={15} />}>
            {count > 0 ? t('filter.moreCount', { count }) : t('filter.more')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Suspense fallback={<Skeleton height={180} />}>
            <FilterFields search={search} onChange={onChange} />
          </Suspense>
        </Popover.Dropdown>
      </Popover>
      {!search.archived && (
        <SegmentedControl
          className={classes.view}
          aria-label={t('view.label')}
          value={search.view ?? 'board'}
          onChange={(value) => onChange({ view: oneOf(value, ['list']) })}
          data={[
            { value: 'board', label: <ViewLabel icon={IconLayoutKanban} text={t('view.board')} isShort={isPhone} /> },
            { value: 'list', label: <ViewLabel icon={IconList} text={t('view.list')} isShort={isPhone} /> },
          ]}
        />
      )}
    </div>
  )
}

function ViewLabel({ icon: Icon, text, isShort }: { icon: typeof IconList; text: string; isShort?: boolean }) {
  return (
    <span className={classes.viewLabel}>
      <Icon
        size={16}
        aria-label={isShort ? text : undefined}
        aria-hidden={!isShort}
        role={isShort ? 'img' : undefined}
      />
      {!isShort && text}
    </span>
  )
}
