import { useTranslation } from 'react-i18next'
import type { CalendarEntry } from '@/shared/api/generated/types.gen'
import agenda from './Agenda.module.css'
import { Entry, type EntryProps } from './Entry'
import type { Lens } from './routes'
import classes from './Tray.module.css'
import { useDropDay } from './useDrag'

interface TrayProps extends Pick<EntryProps, 'now' | 'onMove' | 'onAsk'> {
  lens: Lens
  overdue: CalendarEntry[]
  undated: CalendarEntry[]
}

/** What has no day to stand on: dragged from here onto one, and from there back. */
export function Tray({ lens, overdue, undated, ...shared }: TrayProps) {
  const { t } = useTranslation('calendar')
  const { ref, isOver } = useDropDay<HTMLElement>(undefined)
  return (
    <aside ref={ref} className={classes.tray} data-over={isOver || undefined} aria-label={t('tray.title')}>
      {overdue.length > 0 && (
        <>
          <h2 className={agenda.heading} data-late>
            {t('tray.overdue')} <span className={classes.count}>{overdue.length}</span>
          </h2>
          <ul className={classes.list}>
            {overdue.map((entry) => (
              <li key={entry.id}>
                <Entry entry={entry} place="tray" hasDay {...shared} />
              </li>
            ))}
          </ul>
        </>
      )}
      <h2 className={agenda.heading}>
        {t(`tray.undated.${lens}`)} <span className={classes.count}>{undated.length}</span>
      </h2>
      {undated.length === 0 && <p className={classes.hint}>{t(`tray.none.${lens}`)}</p>}
      {undated.some((e) => e.may_move) && <p className={classes.hint}>{t('tray.hint')}</p>}
      <ul className={classes.list}>
        {undated.map((entry) => (
          <li key={entry.id}>
            <Entry entry={entry} place="tray" {...shared} />
          </li>
        ))}
      </ul>
    </aside>
  )
}
