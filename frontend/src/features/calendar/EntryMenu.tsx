import { IconArrowLeft, IconArrowRight, IconArrowsRight, IconCalendarEvent, IconCalendarOff } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarEntry } from '@/shared/api/generated/types.gen'
import { addDays } from '@/shared/lib/days'
import { ActionMenu, type MenuAction } from '@/shared/ui/ActionMenu'
import type { MoveEntry } from './useMove'

interface EntryMenuProps {
  entry: CalendarEntry
  onMove: MoveEntry
  onAsk: (entry: CalendarEntry) => void
  target: ReactElement<Record<string, unknown>>
}

/** What a drag does, for keyboards and fingers. */
export function EntryMenu({ entry, onMove, onAsk, target }: EntryMenuProps) {
  const { t } = useTranslation('calendar')
  const { on } = entry
  const by = (key: 'earlier' | 'later' | 'week', days: number, Icon: typeof IconArrowLeft): MenuAction => ({
    key,
    label: t(`move.${key}`),
    icon: <Icon size={16} />,
    onClick: () => void onMove(entry, on && addDays(on, days)),
  })
  const actions: MenuAction[] = [
    { key: 'to', label: t('move.to'), icon: <IconCalendarEvent size={16} />, onClick: () => onAsk(entry) },
    ...(on
      ? [
          by('earlier', -1, IconArrowLeft),
          by('later', 1, IconArrowRight),
          by('week', 7, IconArrowsRight),
          {
            key: 'off',
            label: t('move.off'),
            icon: <IconCalendarOff size={16} />,
            onClick: () => void onMove(entry, undefined),
          },
        ]
      : []),
  ]
  const why = entry.may_move ? undefined : t(`move.why.${entry.why ?? 'right'}`)
  return (
    <ActionMenu
      position="bottom-end"
      width={240}
      target={target}
      title={why}
      actions={why ? actions.map((action) => ({ ...action, disabled: true })) : actions}
    />
  )
}
