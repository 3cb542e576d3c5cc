import type { Transfer, TransferRow } from '@/shared/api/generated/types.gen'
import type { Tone } from '@/shared/ui/StateBadge'

export const resultTone: Record<TransferRow['result'], Tone> = {
  created: 'green',
  updated: 'violet',
  unchanged: 'neutral',
  kept: 'neutral',
  refused: 'red',
  left_out: 'amber',
}

export const stateTone: Record<Transfer['state'], Tone> = {
  checking: 'accent',
  checked: 'amber',
  running: 'violet',
  done: 'green',
  failed: 'red',
  stopped: 'neutral',
}

export const results = Object.keys(resultTone) as TransferRow['result'][]

export const isUnderWay = ({ state }: Transfer) => state === 'checking' || state === 'running'

/** What is counted now: what was done once it began, what would be done before. */
export function countsOf(transfer: Transfer): Transfer['planned'] {
  const { planned, results: done, state } = transfer
  return state === 'done' || (state !== 'checked' && sum(done) > 0) ? done : planned
}

export const sum = (counts: Transfer['planned']) => Object.values(counts).reduce((a, b) => a + b, 0)

/** How many lines would change something. */
export const changing = ({ planned }: Transfer) => planned.created + planned.updated
