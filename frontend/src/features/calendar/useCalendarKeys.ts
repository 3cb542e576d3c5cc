import { useTranslation } from 'react-i18next'
import type { Day } from '@/shared/lib/days'
import { useShortcuts } from '@/shared/lib/keys'
import type { Range } from './range'
import type { CalendarSearch, Lens } from './routes'

const focused = () => document.activeElement?.closest<HTMLElement>('[data-entry]') ?? undefined

function focusEntry(by: 1 | -1): void {
  const entries = [...document.querySelectorAll<HTMLElement>('[data-entry]')]
  const now = focused()
  const next = now ? entries[entries.indexOf(now) + by] : entries[0]
  next?.querySelector('a')?.focus()
}

interface CalendarKeys {
  range: Range
  lens: Lens
  onGo: (date: Day | undefined) => void
  onChange: (change: Partial<CalendarSearch>) => void
}

/** p and n go through time, j and k from piece to piece, m opens the menu of one, which moves it. */
export function useCalendarKeys({ range, lens, onGo, onChange }: CalendarKeys): void {
  const { t } = useTranslation('calendar')
  const group = t('keys.group')
  useShortcuts([
    { keys: 'p', label: t('keys.previous'), group, run: () => onGo(range.previous) },
    { keys: 'n', label: t('keys.next'), group, run: () => onGo(range.next) },
    { keys: 't', label: t('keys.today'), group, run: () => onGo(undefined) },
    { keys: '1', label: t('keys.month'), group, run: () => onChange({ view: undefined }) },
    { keys: '2', label: t('keys.week'), group, run: () => onChange({ view: 'week' }) },
    { keys: '3', label: t('keys.agenda'), group, run: () => onChange({ view: 'agenda' }) },
    { keys: 'd', label: t('keys.lens'), group, run: () => onChange({ lens: lens === 'due' ? undefined : 'due' }) },
    { keys: 'j', label: t('keys.forward'), group, run: () => focusEntry(1) },
    { keys: 'k', label: t('keys.back'), group, run: () => focusEntry(-1) },
    { keys: 'm', label: t('keys.move'), group, run: () => focused()?.querySelector('button')?.click() },
  ])
}
