import type { ContentType, TypeFields } from '@/shared/api/generated/types.gen'

export const briefFields = ['summary', 'audience', 'key_message', 'proof', 'call_to_action'] as const
export const stepNames = ['brief', 'writing', 'in_review', 'approved'] as const

export interface TypeValues extends Omit<TypeFields, 'checklist'> {
  key: string
  /** One item per line. */
  checklist: string
}

const fresh: TypeValues = {
  key: '',
  name: '',
  description: '',
  brief: {},
  checklist: '',
  review_months: 12,
  step_days: { brief: 2, writing: 5, in_review: 3, approved: 2 },
  approval_mode: 'both_sides',
  approvals_needed: 2,
  approver_ids: [],
  remind_hours: 48,
  escalate_hours: 96,
}

export function valuesOf(type: ContentType | undefined): TypeValues {
  if (!type) return fresh
  const { key, name, description = '', brief, checklist, review_months, step_days, approval_mode } = type
  const { approvals_needed, approver_ids, remind_hours, escalate_hours, keeper_id } = type
  return {
    key,
    name,
    description,
    brief,
    checklist: checklist.join('\n'),
    review_months,
    step_days,
    approval_mode,
    approvals_needed,
    approver_ids,
    remind_hours,
    escalate_hours,
    keeper_id,
  }
}

export function fieldsOf({ key: _, checklist, ...rest }: TypeValues): TypeFields {
  return {
    ...rest,
    checklist: checklist
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  }
}

/** "Online event" → "online_event", until somebody writes a key. */
export function keyFrom(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return plain
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 40)
}
