export const steps = ['brief', 'writing', 'in_review', 'approved', 'published'] as const

/** What the addresses of board, list and calendar have in common. */
export interface PlanFilters {
  person?: string
  type?: string
  side?: 'sales' | 'marketing'
  step?: (typeof steps)[number]
  idea?: string
}

/** A switch of a page, beside the filters. Told as facts, so that its field loads with the others. */
export interface OnlyThese {
  label: string
  isOn: boolean
  onChange: (isOn: boolean) => void
}

export const noPlanFilters: PlanFilters = {
  person: undefined,
  type: undefined,
  side: undefined,
  step: undefined,
  idea: undefined,
}

export function countFilters({ person, type, side, step, idea }: PlanFilters): number {
  return [person, type, side, step, idea].filter(Boolean).length
}
