import { draggable, dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useEffect, useRef, useState } from 'react'
import type { Draft } from '@/shared/api/generated/types.gen'
import { type Stage, type StageAction, stepTo } from '../stages'

const draftOf = (data: Record<string | symbol, unknown>) => data.draft as Draft | undefined

/** Makes a card draggable. */
export function useDragCard(draft: Draft) {
  const ref = useRef<HTMLDivElement>(null)
  const [isDragging, setDragging] = useState(false)
  const latest = useRef(draft)
  latest.current = draft
  useEffect(() => {
    const element = ref.current
    if (!element) return
    return draggable({
      element,
      getInitialData: () => ({ draft: latest.current }),
      onDragStart: () => setDragging(true),
      onDrop: () => setDragging(false),
    })
  }, [])
  return { ref, isDragging }
}

/** Makes a column take cards that may go there. */
export function useDropColumn(stage: Stage) {
  const ref = useRef<HTMLElement>(null)
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const element = ref.current
    if (!element) return
    return dropTargetForElements({
      element,
      getData: () => ({ stage }),
      canDrop: ({ source }) => {
        const draft = draftOf(source.data)
        return Boolean(draft && stepTo(draft, stage).action)
      },
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: () => setOver(false),
    })
  }, [stage])
  return { ref, isOver }
}

interface Monitor {
  onDragged: (draft: Draft | undefined) => void
  onMove: (draft: Draft, action: StageAction) => void
}

/** Follows every drag on the board. */
export function useDragMonitor(handlers: Monitor): void {
  const latest = useRef(handlers)
  latest.current = handlers
  useEffect(
    () =>
      monitorForElements({
        onDragStart: ({ source }) => latest.current.onDragged(draftOf(source.data)),
        onDrop: ({ source, location }) => {
          latest.current.onDragged(undefined)
          const draft = draftOf(source.data)
          const stage = location.current.dropTargets[0]?.data.stage as Stage | undefined
          const action = draft && stage && stepTo(draft, stage).action
          if (action) latest.current.onMove(draft, action)
        },
      }),
    [],
  )
}
