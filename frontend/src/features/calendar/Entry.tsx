import { IconAlertTriangle, IconClock, IconDots, IconLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { CalendarEntry } from '@/shared/api/generated/types.gen'
import { contentTypeLabel } from '@/shared/lib/contentType'
import { type Day, shortDay } from '@/shared/lib/days'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { StateBadge } from '@/shared/ui/StateBadge'
import classes from './Entry.module.css'
import { EntryMenu } from './EntryMenu'
import { markOf } from './entries'
import { useDragEntry } from './useDrag'
import type { MoveEntry } from './useMove'

export interface EntryProps {
  entry: CalendarEntry
  now: Day
  onMove: MoveEntry
  /** Asks for the day. */
  onAsk: (entry: CalendarEntry) => void
  /** A narrow day has room for the title; the tray for state and day; a list for all. */
  place?: 'day' | 'tray' | 'list'
  /** Where the entries do not stand by day. */
  hasDay?: boolean
}

/** One piece in the calendar: a link, a thing to drag, and a menu that does the same. */
export function Entry({ entry, now, onMove, onAsk, place = 'day', hasDay = false }: EntryProps) {
  const { t } = useTranslation('calendar')
  const { t: tc } = useTranslation()
  const { ref, isDragging } = useDragEntry(entry)
  const mark = markOf(entry, now)
  const isLate = mark === 'late'
  const isWide = place !== 'day'
  const why = entry.may_move ? undefined : t(`move.why.${entry.why ?? 'right'}`)
  return (
    <div
      ref={ref}
      className={classes.entry}
      data-entry={entry.id}
      data-wide={isWide || undefined}
      data-state={entry.state}
      data-mark={mark}
      data-fixed={!entry.may_move || undefined}
      data-dragging={isDragging || undefined}
      title={why}
    >
      <span className={classes.lead}>
        <StateBadge state={entry.state} isCompact />
        {place !== 'list' && mark && <Mark isLate={isLate} />}
      </span>
      <span className={classes.words}>
        <Link to="/drafts/$draftId" params={{ draftId: entry.id }} className={classes.title} draggable={false}>
          {entry.title}
        </Link>
        {isWide && (
          <span className={classes.facts}>
            {tc(`state.${entry.state}`)}
            {place === 'list' && ` · ${contentTypeLabel(entry.content_type)}`}
            {hasDay && entry.on && ` · ${shortDay(entry.on, now)}`}
          </span>
        )}
      </span>
      {entry.confidential && <IconLock size={13} role="img" aria-label={t('entry.confidential')} />}
      {place === 'list' && mark && <Mark isLate={isLate} hasWords />}
      {place === 'list' && <PersonAvatar person={entry.writer} size={24} />}
      <EntryMenu
        entry={entry}
        onMove={onMove}
        onAsk={onAsk}
        target={
          <button type="button" className={classes.menu} aria-label={t('entry.menu', { title: entry.title })}>
            <IconDots size={15} aria-hidden />
          </button>
        }
      />
    </div>
  )
}

function Mark({ isLate, hasWords = false }: { isLate: boolean; hasWords?: boolean }) {
  const { t } = useTranslation('calendar')
  const words = isLate ? t('entry.late') : t('entry.soon')
  return (
    <span className={classes.mark} title={words}>
      {isLate ? <IconAlertTriangle size={13} aria-hidden /> : <IconClock size={13} aria-hidden />}
      <span className={hasWords ? undefined : classes.hidden}>{words}</span>
    </span>
  )
}
