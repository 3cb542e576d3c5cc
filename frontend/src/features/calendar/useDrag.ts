import { draggable, dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useEffect, useRef, useState } from 'react'
import type { CalendarEntry } from '@/shared/api/generated/types.gen'
import type { Day } from '@/shared/lib/days'

const entryOf = (data: Record<string | symbol, unknown>) => data.entry as CalendarEntry | undefined

/** Makes an entry draggable, also one that may not move: it then says why. */
export function useDragEntry(entry: CalendarEntry) {
  const ref = useRef<HTMLDivElement>(null)
  const [isDragging, setDragging] = useState(false)
  const latest = useRef(entry)
  latest.current = entry
  useEffect(() => {
    const element = ref.current
    if (!element) return
    return draggable({
      element,
      getInitialData: () => ({ entry: latest.current }),
      onDragStart: () => setDragging(true),
      onDrop: () => setDragging(false),
    })
  }, [])
  return { ref, isDragging }
}

/** Makes something take entries: a day, or (without one) the place of those that have none. */
export function useDropDay<T extends HTMLElement>(day: Day | undefined) {
  const ref = useRef<T>(null)
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const element = ref.current
    if (!element) return
    return dropTargetForElements({
      element,
      getData: () => ({ day, isDay: true }),
      canDrop: ({ source }) => Boolean(entryOf(source.data)),
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: () => setOver(false),
    })
  }, [day])
  return { ref, isOver }
}

interface Monitor {
  onDragged: (entry: CalendarEntry | undefined) => void
  onMove: (entry: CalendarEntry, on: Day | undefined) => void
}

/** Follows every drag on the page. */
export function useDragMonitor(handlers: Monitor): void {
  const latest = useRef(handlers)
  latest.current = handlers
  useEffect(
    () =>
      monitorForElements({
        onDragStart: ({ source }) => latest.current.onDragged(entryOf(source.data)),
        onDrop: ({ source, location }) => {
          latest.current.onDragged(undefined)
          const entry = entryOf(source.data)
          const target = location.current.dropTargets[0]?.data
          if (entry && target?.isDay) latest.current.onMove(entry, target.day as Day | undefined)
        },
      }),
    [],
  )
}
