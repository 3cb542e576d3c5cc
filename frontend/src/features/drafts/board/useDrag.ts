import type { Draft } from '@/shared/api/generated/types.gen'
import { dragOf } from '@/shared/lib/drag'
import { type Stage, type StageAction, stepTo } from '../stages'

const drag = dragOf<Draft, Stage>('draft')

/** Makes a card draggable. */
export const useDragCard = drag.useDrag

/** Makes a column take cards that may go there. */
export const useDropColumn = (stage: Stage) =>
  drag.useDrop<HTMLElement>(stage, (draft) => Boolean(stepTo(draft, stage).action))

interface Monitor {
  onDragged: (draft: Draft | undefined) => void
  onMove: (draft: Draft, action: StageAction) => void
}

/** Follows every drag on the board. */
export const useDragMonitor = ({ onDragged, onMove }: Monitor) =>
  drag.useMonitor({
    onDragged,
    onMove: (draft, stage) => {
      const { action } = stepTo(draft, stage)
      if (action) onMove(draft, action)
    },
  })
