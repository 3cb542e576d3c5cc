import './i18n'
import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconCalendarEvent } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getCalendarOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { CalendarEntry } from '@/shared/api/generated/types.gen'
import { type Day, firstWeekdayOf, today } from '@/shared/lib/days'
import { PlanPills } from '@/shared/planning/PlanFilter'
import { countFilters, noPlanFilters } from '@/shared/planning/plan'
import { useMe } from '@/shared/session/session'
import { PageHeader } from '@/shared/ui/PageHeader'
import { EmptyState, ErrorState, SkeletonList } from '@/shared/ui/States'
import { ViewTabs } from '@/shared/views/ViewTabs'
import { Agenda } from './Agenda'
import classes from './CalendarPage.module.css'
import { Grid } from './Grid'
import { rangeOf } from './range'
import { type CalendarSearch, calendarRoute } from './routes'
import { LensSwitch, Toolbar } from './Toolbar'
import { Tray } from './Tray'
import { useCalendarKeys } from './useCalendarKeys'
import { useDragMonitor } from './useDrag'
import { useMove } from './useMove'

const MoveDialog = lazy(() => import('./MoveDialog').then((m) => ({ default: m.MoveDialog })))

/** What of the address a saved view has: not where in time one is. */
const viewKeys = ['lens', 'view', 'show', 'person', 'type', 'side', 'step', 'idea']

export function CalendarPage() {
  const { t } = useTranslation('calendar')
  const { t: tc } = useTranslation()
  const me = useMe()
  const search = calendarRoute.useSearch()
  const navigate = useNavigate({ from: calendarRoute.fullPath })
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const now = today(me.timezone)
  const lens = search.lens ?? 'publish'
  const range = rangeOf(search, isPhone ? 'agenda' : (search.view ?? 'month'), now, firstWeekdayOf(navigator.language))
  const list = useQuery({
    ...getCalendarOptions({
      query: {
        lens,
        from: range.from,
        to: range.to,
        late_before: now,
        mine: search.show === 'mine' || undefined,
        person: search.person,
        content_type: search.type,
        side: search.side,
        state: search.step && [search.step],
        idea: search.idea,
      },
    }),
    placeholderData: keepPreviousData,
  })
  const move = useMove(lens, now)
  const [asked, setAsked] = useState<CalendarEntry>()
  const [dragged, setDragged] = useState<CalendarEntry>()
  useDragMonitor({ onDragged: setDragged, onMove: (entry, on) => void move(entry, on) })

  const setSearch = (change: Partial<CalendarSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true, resetScroll: false })
  const goTo = (date: Day | undefined) => void navigate({ search: (old) => ({ ...old, date }), resetScroll: false })
  const openView = (saved: Record<string, unknown>) =>
    void navigate({ search: ({ date }) => ({ ...saved, date }), replace: true, resetScroll: false })
  useCalendarKeys({ range, lens, onGo: goTo, onChange: setSearch })

  const items = (list.data?.items ?? []).filter((e) => e.on && e.on >= range.from && e.on <= range.to)
  const overdue = (list.data?.items ?? []).filter((e) => e.on && e.on < range.from)
  const undated = list.data?.undated ?? []
  const aside = range.view === 'agenda' ? [] : overdue
  const isAlone = aside.length + undated.length === 0
  const hasFilter = countFilters(search) > 0 || search.show !== undefined
  const isNothing = list.isSuccess && items.length + overdue.length + undated.length === 0
  const shared = { now, onMove: move, onAsk: setAsked }

  return (
    <div data-wide>
      <PageHeader title={t('title')} lead={t(`lens.${lens}Hint`)}>
        <LensSwitch lens={lens} onChange={setSearch} />
      </PageHeader>
      <ViewTabs page="calendar" search={search} keys={viewKeys} shape={['lens', 'view']} onOpen={openView} />
      <Toolbar search={search} range={range} isPhone={isPhone ?? false} onGo={goTo} onChange={setSearch} />
      <PlanPills search={search} onChange={setSearch} />
      {dragged && !dragged.may_move && (
        <p className={classes.why} role="status">
          {t(`move.why.${dragged.why ?? 'right'}`)}
        </p>
      )}
      {list.isPending && <SkeletonList rows={6} height={72} />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.overflow && <p className={classes.why}>{t('overflow')}</p>}
      {isNothing && range.view === 'agenda' && (
        <EmptyState
          icon={<IconCalendarEvent size={28} stroke={1.5} />}
          title={t(hasFilter ? 'empty.filtered' : 'empty.title', { span: range.title })}
          action={
            hasFilter ? (
              <Button variant="default" onClick={() => setSearch({ ...noPlanFilters, show: undefined })}>
                {tc('action.clearFilters')}
              </Button>
            ) : (
              <Button variant="default" onClick={() => goTo(range.next)}>
                {t('go.next.month')}
              </Button>
            )
          }
        >
          {!hasFilter && t('empty.hint')}
        </EmptyState>
      )}
      {list.data && !(isNothing && range.view === 'agenda') && (
        <div
          className={classes.columns}
          data-alone={isAlone || undefined}
          data-fixed={(dragged && !dragged.may_move) || undefined}
          data-dragging={Boolean(dragged) || undefined}
        >
          {range.view === 'agenda' ? (
            <Agenda range={range} items={items} overdue={overdue} isOld={list.isPlaceholderData} {...shared} />
          ) : (
            <Grid
              range={range}
              items={items}
              isOld={list.isPlaceholderData}
              onDay={(date) => setSearch({ date, view: range.view === 'week' ? 'agenda' : 'week' })}
              {...shared}
            />
          )}
          {!isAlone && <Tray lens={lens} overdue={aside} undated={undated} {...shared} />}
        </div>
      )}
      <Suspense>
        {asked && (
          <MoveDialog
            key={asked.id}
            entry={asked}
            lens={lens}
            now={now}
            onMove={(on) => void move(asked, on)}
            onClose={() => setAsked(undefined)}
          />
        )}
      </Suspense>
    </div>
  )
}
