import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarEntry } from '@/shared/api/generated/types.gen'
import { addDays, type Day, formatDay, longDay } from '@/shared/lib/days'
import { Entry, type EntryProps } from './Entry'
import { byDay } from './entries'
import classes from './Grid.module.css'
import type { Range } from './range'
import { useDropDay } from './useDrag'

type Shared = Pick<EntryProps, 'now' | 'onMove' | 'onAsk'>

/** The arrow keys go from day to day: 42 stops of the Tab key would be too many. */
function handleArrows(event: KeyboardEvent<HTMLTableElement>): void {
  const day = (event.target as HTMLElement).closest('button')?.dataset.date
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key]
  if (!day || !by) return
  event.preventDefault()
  event.currentTarget.querySelector<HTMLElement>(`[data-date="${addDays(day, by)}"]`)?.focus()
}

interface GridProps extends Shared {
  range: Range
  items: CalendarEntry[]
  isOld: boolean
  onDay: (day: Day) => void
}

/** Weeks as rows of a table: a month, or one week with room. */
export function Grid({ range, items, isOld, onDay, ...shared }: GridProps) {
  const days = byDay(items)
  const month = range.on.slice(0, 7)
  const heads = range.weeks[0] ?? []
  return (
    <table
      className={classes.grid}
      data-view={range.view}
      data-old={isOld || undefined}
      aria-label={range.title}
      onKeyDown={handleArrows}
    >
      <thead>
        <tr>
          {heads.map((day) => (
            <th key={day} scope="col">
              <span aria-hidden>{formatDay(day, { weekday: 'short' })}</span>
              <span className={classes.hidden}>{formatDay(day, { weekday: 'long' })}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {range.weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <Cell
                key={day}
                day={day}
                entries={days.get(day) ?? []}
                isStop={day === range.on}
                isOutside={range.view === 'month' && !day.startsWith(month)}
                most={range.view === 'month' ? 4 : 40}
                onDay={onDay}
                {...shared}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface CellProps extends Shared {
  day: Day
  entries: CalendarEntry[]
  isOutside: boolean
  /** The Tab key stops at one day. */
  isStop: boolean
  /** More are folded away. */
  most: number
  onDay: (day: Day) => void
}

function Cell({ day, entries, isOutside, isStop, most, onDay, ...shared }: CellProps) {
  const { t } = useTranslation('calendar')
  const { ref, isOver } = useDropDay<HTMLTableCellElement>(day)
  const [isOpen, setOpen] = useState(false)
  const isToday = day === shared.now
  const shown = isOpen || entries.length <= most ? entries : entries.slice(0, most - 1)
  const isFirst = day.endsWith('-01')
  return (
    <td
      ref={ref}
      data-day={day}
      data-outside={isOutside || undefined}
      data-today={isToday || undefined}
      data-over={isOver || undefined}
    >
      <button
        type="button"
        className={classes.date}
        data-date={day}
        tabIndex={isStop ? 0 : -1}
        onClick={() => onDay(day)}
        aria-label={isToday ? `${longDay(day)}, ${t('day.today')}` : longDay(day)}
        aria-current={isToday ? 'date' : undefined}
      >
        {formatDay(day, { day: 'numeric', month: isFirst ? 'short' : undefined })}
      </button>
      {entries.length > 0 && (
        <ul className={classes.entries}>
          {shown.map((entry) => (
            <li key={entry.id}>
              <Entry entry={entry} {...shared} />
            </li>
          ))}
        </ul>
      )}
      {entries.length > most && (
        <button type="button" className={classes.more} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? t('day.less') : t('day.more', { count: entries.length - shown.length })}
        </button>
      )}
    </td>
  )
}
