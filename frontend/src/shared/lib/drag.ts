import { draggable, dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useEffect, useRef, useState } from 'react'

type Data = Record<string | symbol, unknown>

interface Monitor<Thing, Place> {
  /** What is under way; undefined when it has been let go. */
  onDragged: (thing: Thing | undefined) => void
  onMove: (thing: Thing, to: Place) => void
}

/** Drag and drop of one sort of thing to places of one sort; the name tells them from others on the page. */
export function dragOf<Thing, Place>(name: string) {
  const thingOf = (data: Data) => data[name] as Thing | undefined
  const isPlace = `${name} place`

  /** Makes something draggable; what is given is what it is by then. */
  function useDrag(thing: Thing) {
    const ref = useRef<HTMLDivElement>(null)
    const [isDragging, setDragging] = useState(false)
    const latest = useRef(thing)
    latest.current = thing
    useEffect(() => {
      const element = ref.current
      if (!element) return
      return draggable({
        element,
        getInitialData: () => ({ [name]: latest.current }),
        onDragStart: () => setDragging(true),
        onDrop: () => setDragging(false),
      })
    }, [])
    return { ref, isDragging }
  }

  /** Makes an element a place that takes things, all or those that it accepts. */
  function useDrop<T extends HTMLElement>(place: Place, accepts?: (thing: Thing) => boolean) {
    const ref = useRef<T>(null)
    const [isOver, setOver] = useState(false)
    const latest = useRef({ place, accepts })
    latest.current = { place, accepts }
    useEffect(() => {
      const element = ref.current
      if (!element) return
      return dropTargetForElements({
        element,
        getData: () => ({ place: latest.current.place, [isPlace]: true }),
        canDrop: ({ source }) => {
          const thing = thingOf(source.data)
          return thing !== undefined && (latest.current.accepts?.(thing) ?? true)
        },
        onDragEnter: () => setOver(true),
        onDragLeave: () => setOver(false),
        onDrop: () => setOver(false),
      })
    }, [])
    return { ref, isOver }
  }

  /** Follows every drag on the page. */
  function useMonitor(handlers: Monitor<Thing, Place>): void {
    const latest = useRef(handlers)
    latest.current = handlers
    useEffect(
      () =>
        monitorForElements({
          onDragStart: ({ source }) => latest.current.onDragged(thingOf(source.data)),
          onDrop: ({ source, location }) => {
            latest.current.onDragged(undefined)
            const thing = thingOf(source.data)
            const target = location.current.dropTargets[0]?.data
            if (thing !== undefined && target?.[isPlace]) latest.current.onMove(thing, target.place as Place)
          },
        }),
      [],
    )
  }

  return { useDrag, useDrop, useMonitor }
}
