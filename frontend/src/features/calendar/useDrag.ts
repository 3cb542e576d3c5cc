import type { CalendarEntry } from '@/shared/api/generated/types.gen'
import type { Day } from '@/shared/lib/days'
import { dragOf } from '@/shared/lib/drag'

/**
 * Entries of the calendar can be dragged, also those that may not move: they then say why. Places are days, or (without one)
 * where those are that have none.
 */
export const {
  useDrag: useDragEntry,
  useDrop: useDropDay,
  useMonitor: useDragMonitor,
} = dragOf<CalendarEntry, Day | undefined>('entry')
