import { Button, SegmentedControl } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowsSort, IconGauge, IconLayoutKanban, IconLayoutRows, IconList } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PlanFilter } from '@/shared/planning/PlanFilter'
import { oneOf } from '@/shared/router/search'
import { useMe } from '@/shared/session/session'
import { ActionMenu } from '@/shared/ui/ActionMenu'
import type { BoardSearch } from '../routes'
import classes from './BoardFilters.module.css'
import { useLimits, useSetLimits } from './useLimits'

const LimitsDialog = lazy(() => import('./LimitsDialog').then((m) => ({ default: m.LimitsDialog })))

const shows = ['mine', 'waiting', 'overdue'] as const
const sorts = ['due', 'publish', 'title', 'state', 'writer', 'waiting'] as const
const lanes = ['person', 'type', 'idea'] as const

export interface BoardFiltersProps {
  search: BoardSearch
  onChange: (change: Partial<BoardSearch>) => void
}

export function BoardFilters({ search, onChange }: BoardFiltersProps) {
  const { t } = useTranslation('drafts')
  const isPhone = useMediaQuery('(max-width: 48em)')
  const isList = search.view === 'list' || search.archived
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
      <PlanFilter
        search={search}
        onChange={onChange}
        only={{
          label: t('filter.archived'),
          isOn: search.archived ?? false,
          onChange: (isOn) => onChange({ archived: isOn || undefined }),
        }}
      />
      {isList ? (
        <ActionMenu
          width={220}
          title={t('sort.label')}
          target={
            <Button variant="default" leftSection={<IconArrowsSort size={15} />}>
              {t(`sort.${search.sort ?? 'changed'}`)}
            </Button>
          }
          actions={(['changed', ...sorts] as const).map((value) => ({
            key: value,
            label: t(`sort.${value}`),
            disabled: value === (search.sort ?? 'changed'),
            onClick: () => onChange({ sort: oneOf(value, sorts) }),
          }))}
        />
      ) : (
        !isPhone && <BoardShape search={search} onChange={onChange} />
      )}
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

/** Lanes, and for those who set them the limits of the columns. */
function BoardShape({ search, onChange }: BoardFiltersProps) {
  const { t } = useTranslation('drafts')
  const me = useMe()
  const limits = useLimits()
  const save = useSetLimits()
  const [isSetting, setSetting] = useState(false)
  const canSet = me.admin || (me.lead && me.side === 'marketing')
  return (
    <>
      <ActionMenu
        width={200}
        title={t('lanes.label')}
        target={
          <Button variant={search.lanes ? 'light' : 'default'} leftSection={<IconLayoutRows size={15} />}>
            {search.lanes ? t(`lanes.${search.lanes}`) : t('lanes.button')}
          </Button>
        }
        actions={(['none', ...lanes] as const).map((value) => ({
          key: value,
          label: t(`lanes.${value}`),
          disabled: value === (search.lanes ?? 'none'),
          onClick: () => onChange({ lanes: oneOf(value, lanes) }),
        }))}
      />
      {canSet && (
        <Button variant="default" leftSection={<IconGauge size={15} />} onClick={() => setSetting(true)}>
          {t('limits.button')}
        </Button>
      )}
      <Suspense>
        {isSetting && limits.data && (
          <LimitsDialog
            key={limits.data.rev}
            board={limits.data}
            isBusy={save.isPending}
            onSave={(next) => save.mutateAsync({ limits: next, rev: limits.data.rev })}
            onClose={() => setSetting(false)}
          />
        )}
      </Suspense>
    </>
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
