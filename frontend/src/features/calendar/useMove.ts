import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ifMatch } from '@/shared/api/client'
import { scheduleDraft } from '@/shared/api/generated/sdk.gen'
import type { CalendarEntry, CalendarPage, GetCalendarData } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { isStale } from '@/shared/api/problem'
import { type Day, shortDay } from '@/shared/lib/days'
import { toast } from '@/shared/ui/toast'
import { withMoved } from './entries'
import type { Lens } from './routes'
import { useMoveAlong } from './useMoveAlong'

/** All calendars of a lens that were asked for. */
function calendarsOf(lens: Lens) {
  return {
    predicate: ({ queryKey: [first] }: { queryKey: readonly unknown[] }) => {
      const key = first as { _id?: string; query?: GetCalendarData['query'] } | undefined
      return key?._id === 'getCalendar' && key.query?.lens === lens
    },
  }
}

function patch(queryClient: QueryClient, lens: Lens, id: string, on: Day | undefined, rev?: number): void {
  queryClient.setQueriesData<CalendarPage>(calendarsOf(lens), (page) => page && withMoved(page, id, on, rev))
}

/** The newest revision that is known of a piece: a move that was just confirmed made another one. */
function revOf(queryClient: QueryClient, lens: Lens, entry: CalendarEntry): number {
  const pages = queryClient.getQueriesData<CalendarPage>(calendarsOf(lens))
  const all = pages.flatMap(([, page]) => (page ? [...page.items, ...page.undated] : []))
  return Math.max(entry.rev, ...all.filter((e) => e.id === entry.id).map((e) => e.rev))
}

interface Move {
  entry: CalendarEntry
  on: Day | undefined
  /** The revision that this is about; none is the newest that is known. */
  rev?: number
}

const mutationKey = ['scheduleDraft']

/**
 * Moves pieces to other days: shown at once, taken back in words when the server refuses, and by Undo. What cannot be moved
 * says why and stays.
 */
export function useMove(lens: Lens, now: Day) {
  const { t } = useTranslation('calendar')
  const queryClient = useQueryClient()
  const along = useMoveAlong(now)
  const { mutateAsync } = useMutation({
    mutationKey,
    // one after the other: each names the revision that the one before made
    scope: { id: 'calendar' },
    mutationFn: async ({ entry, on, rev }: Move) => {
      const headers = ifMatch(rev ?? revOf(queryClient, lens, entry))
      const { data } = await scheduleDraft({ path: { id: entry.id }, headers, body: { lens, on } })
      return data
    },
    onSuccess: (after, { entry }) => patch(queryClient, lens, entry.id, after.on, after.rev),
  })

  /** Shows the move, and sends it once what has to be asked before it is answered. */
  const send = async ({ entry, on, rev }: Move, before?: Promise<unknown>): Promise<CalendarEntry | undefined> => {
    await queryClient.cancelQueries(calendarsOf(lens))
    patch(queryClient, lens, entry.id, on)
    try {
      await before
      return await mutateAsync({ entry, on, rev })
    } catch (error) {
      patch(queryClient, lens, entry.id, entry.on)
      toast.error(isStale(error) ? t('move.stale', { title: entry.title }) : error)
      return undefined
    } finally {
      // while another move is under way, an answer would show the day from before it
      if (queryClient.isMutating({ mutationKey }) === 0) {
        void invalidate(queryClient, 'getCalendar', 'listDrafts', 'getDraft', 'getTimeline', 'getHome', 'getSteps')
      }
    }
  }

  return async (entry: CalendarEntry, on: Day | undefined): Promise<void> => {
    if (on === entry.on) return
    if (!entry.may_move) return toast.error(t(`move.why.${entry.why ?? 'right'}`))
    const proposal = lens === 'due' ? along.propose(entry, on) : undefined
    const after = await send({ entry, on }, proposal)
    if (!after) return
    const words = { title: entry.title, date: on ? shortDay(on, now) : '' }
    const dated = on && on < now ? t('move.donePast', words) : t('move.done', words)
    toast.undo({
      message: on ? dated : t('move.doneOff', words),
      // of this move alone: what somebody did since stays
      onUndo: () => void send({ entry: { ...entry, on }, on: entry.on, rev: after.rev }),
    })
    along.offer(entry, (await proposal) ?? [])
  }
}

export type MoveEntry = ReturnType<typeof useMove>
