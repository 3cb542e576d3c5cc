import { useQuery } from '@tanstack/react-query'
import {
  getApprovalStatusOptions,
  getDocumentOptions,
  listApprovalsOptions,
  listVersionsOptions,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Approval, Draft, DraftVersion, PersonRef } from '@/shared/api/generated/types.gen'

export const sides = ['sales', 'marketing'] as const
export type Side = (typeof sides)[number]

export interface SideApproval {
  side: Side
  /** The yes that counts. */
  yes?: Approval
  /** The last one that was taken back. */
  voided?: Approval
  /** Who is named to approve for this side; without anybody it is a lead. */
  named: PersonRef[]
}

/** How the version to approve stands with both sides. */
export function useApproval(draft: Draft) {
  const path = { id: draft.id }
  const versions = useQuery(listVersionsOptions({ path }))
  const approvals = useQuery(listApprovalsOptions({ path }))
  const document = useQuery({ ...getDocumentOptions({ path }), enabled: draft.state === 'in_review' })
  const status = useQuery({
    ...getApprovalStatusOptions({ path }),
    enabled: draft.state !== 'published' && draft.state !== 'archived',
  })
  const current: DraftVersion | undefined = versions.data?.items.find((v) => v.id === draft.current_version_id)
  const all = approvals.data?.items ?? []
  const bySide = sides.map((side): SideApproval => {
    const own = all.filter((approval) => approval.side === side)
    return {
      side,
      yes: own.find((a) => !a.voided_at && a.version_id === draft.current_version_id),
      voided: own.find((a) => a.voided_at),
      named: draft.people.filter((p) => p.side === side && draft.approvers.includes(p.id)),
    }
  })
  const isChanged = Boolean(
    draft.state === 'in_review' && current && document.data && document.data.version > current.doc_version,
  )
  const numberOf = (versionId: string) => versions.data?.items.find((v) => v.id === versionId)?.number
  return { current, bySide, isChanged, numberOf, status: status.data }
}
