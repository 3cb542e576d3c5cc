import type { EvidenceInputBody } from '@/shared/api/generated/types.gen'

export const evidenceKinds: EvidenceInputBody['kind'][] = ['quote', 'question', 'objection', 'call_note', 'deal']
