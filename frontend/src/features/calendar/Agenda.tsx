import { useTranslation } from 'react-i18next'
import type { CalendarEntry } from '@/shared/api/generated/types.gen'
import { type Day, formatDay, shortDay } from '@/shared/lib/days'
import classes from './Agenda.module.css'
import { Entry, type EntryProps } from './Entry'
import { byDay } from './entries'
import type { Range } from './range'
import { useDropDay } from './useDrag'

type Shared = Pick<EntryProps, 'now' | 'onMove' | 'onAsk'>

interface AgendaProps extends Shared {
  range: Range
  items: CalendarEntry[]
  /** What should have been done before: on top, while today is in sight. */
  overdue: CalendarEntry[]
  isOld: boolean
}

/** The days that have something, one below the other. */
export function Agenda({ range, items, overdue, isOld, ...shared }: AgendaProps) {
  const { t } = useTranslation('calendar')
  const days = [...byDay(items)]
  const isNow = range.from <= shared.now && shared.now <= range.to
  return (
    <div className={classes.agenda} data-old={isOld || undefined}>
      {isNow && overdue.length > 0 && (
        <section aria-labelledby="agenda-overdue">
          <h2 id="agenda-overdue" className={classes.heading} data-late>
            {t('agenda.overdue')}
          </h2>
          <ul className={classes.list}>
            {overdue.map((entry) => (
              <li key={entry.id}>
                <Entry entry={entry} place="list" hasDay {...shared} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {days.map(([day, entries]) => (
        <AgendaDay key={day} day={day} entries={entries} {...shared} />
      ))}
      {days.length === 0 && (
        <p className={classes.none}>{t(`agenda.none.${range.view === 'week' ? 'week' : 'month'}`)}</p>
      )}
    </div>
  )
}

function AgendaDay({ day, entries, ...shared }: Shared & { day: Day; entries: CalendarEntry[] }) {
  const { t } = useTranslation('calendar')
  const { ref, isOver } = useDropDay<HTMLElement>(day)
  const isToday = day === shared.now
  return (
    <section
      ref={ref}
      data-day={day}
      data-over={isOver || undefined}
      aria-labelledby={`agenda-${day}`}
      className={classes.day}
    >
      <h2 id={`agenda-${day}`} className={classes.heading} data-today={isToday || undefined}>
        <span>{shortDay(day, shared.now)}</span>
        {isToday && <span className={classes.today}>{t('day.today')}</span>}
        <span className={classes.hidden}>{formatDay(day, { year: 'numeric' })}</span>
      </h2>
      <ul className={classes.list}>
        {entries.map((entry) => (
          <li key={entry.id}>
            <Entry entry={entry} place="list" {...shared} />
          </li>
        ))}
      </ul>
    </section>
  )
}
