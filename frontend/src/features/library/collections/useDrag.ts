import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useEffect, useRef, useState } from 'react'
import type { Place } from './arrange'

const dragged = (data: Record<string | symbol, unknown>) =>
  typeof data.collected === 'string' ? data.collected : undefined

/** A place that takes resources and, where it holds one, gives it. */
export function useDragPlace(place: Place, onDrop: (id: string, to: Place) => void, id?: string) {
  const ref = useRef<HTMLLIElement>(null)
  const handle = useRef<HTMLButtonElement>(null)
  const [isOver, setOver] = useState(false)
  const latest = useRef({ place, onDrop })
  latest.current = { place, onDrop }
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const take = dropTargetForElements({
      element,
      canDrop: ({ source }) => dragged(source.data) !== undefined && dragged(source.data) !== id,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false)
        const from = dragged(source.data)
        if (from) latest.current.onDrop(from, latest.current.place)
      },
    })
    if (!id) return take
    return combine(
      take,
      draggable({ element, dragHandle: handle.current ?? undefined, getInitialData: () => ({ collected: id }) }),
    )
  }, [id])
  return { ref, handle, isOver }
}
