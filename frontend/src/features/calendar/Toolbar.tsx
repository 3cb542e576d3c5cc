import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Day } from '@/shared/lib/days'
import { PlanFilter } from '@/shared/planning/PlanFilter'
import { oneOf } from '@/shared/router/search'
import type { Range } from './range'
import { type CalendarSearch, type Lens, lenses } from './routes'
import classes from './Toolbar.module.css'

interface ToolbarProps {
  search: CalendarSearch
  range: Range
  isPhone: boolean
  onGo: (date: Day | undefined) => void
  onChange: (change: Partial<CalendarSearch>) => void
}

/** Where in time, which pieces, and in which shape. */
export function Toolbar({ search, range, isPhone, onGo, onChange }: ToolbarProps) {
  const { t } = useTranslation('calendar')
  const span = range.view === 'week' ? 'week' : 'month'
  return (
    <div className={classes.bar}>
      <div className={classes.time}>
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t(`go.previous.${span}`)}
          onClick={() => onGo(range.previous)}
        >
          <IconChevronLeft size={18} />
        </ActionIcon>
        <ActionIcon variant="default" size={36} aria-label={t(`go.next.${span}`)} onClick={() => onGo(range.next)}>
          <IconChevronRight size={18} />
        </ActionIcon>
        <Button variant="default" onClick={() => onGo(undefined)}>
          {t('go.today')}
        </Button>
        <h2 className={classes.title} aria-live="polite">
          {range.title}
        </h2>
      </div>
      <SegmentedControl
        className={classes.show}
        aria-label={t('filter.show')}
        value={search.show ?? 'all'}
        onChange={(value) => onChange({ show: oneOf(value, ['mine']) })}
        data={[
          { value: 'all', label: t('filter.all') },
          { value: 'mine', label: t('filter.mine') },
        ]}
      />
      <PlanFilter search={search} onChange={onChange} hasStep />
      {!isPhone && (
        <SegmentedControl
          aria-label={t('view.label')}
          value={range.view}
          onChange={(value) => onChange({ view: oneOf(value, ['week', 'agenda']) })}
          data={(['month', 'week', 'agenda'] as const).map((value) => ({ value, label: t(`view.${value}`) }))}
        />
      )}
    </div>
  )
}

interface LensSwitchProps {
  lens: Lens
  onChange: (change: Partial<CalendarSearch>) => void
}

/** What the days mean. */
export function LensSwitch({ lens, onChange }: LensSwitchProps) {
  const { t } = useTranslation('calendar')
  return (
    <SegmentedControl
      className={classes.lens}
      aria-label={t('lens.label')}
      value={lens}
      onChange={(value) => onChange({ lens: oneOf(value, ['due']) })}
      data={lenses.map((value) => ({ value, label: t(`lens.${value}`) }))}
    />
  )
}
