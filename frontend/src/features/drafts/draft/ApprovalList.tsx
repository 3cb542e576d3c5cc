import { IconCheck, IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ApprovalStatus } from '@/shared/api/generated/types.gen'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { WaitWords } from './AskedList'
import classes from './Rail.module.css'
import type { SideApproval, useApproval } from './useApproval'

type ApprovalListProps = Pick<ReturnType<typeof useApproval>, 'bySide' | 'numberOf'> & { status?: ApprovalStatus }

/** Each side's yes to this version, or who can give it; what was taken back says why. */
export function ApprovalList({ bySide, numberOf, status }: ApprovalListProps) {
  const { t } = useTranslation()
  return (
    <ul className={classes.approvals}>
      {bySide.map((approval) => (
        <li key={approval.side} className={classes.approval} data-yes={Boolean(approval.yes) || undefined}>
          <span className={classes.approvalIcon} aria-hidden>
            {approval.yes ? <IconCheck size={15} stroke={2.4} /> : <IconClock size={15} />}
          </span>
          <div>
            <span className={classes.side}>{t(`side.${approval.side}`)}</span>
            <SideWords approval={approval} numberOf={numberOf} status={status} />
          </div>
        </li>
      ))}
    </ul>
  )
}

function SideWords({ approval, numberOf, status }: { approval: SideApproval } & Omit<ApprovalListProps, 'bySide'>) {
  const { t } = useTranslation('drafts')
  const { t: tc } = useTranslation()
  const { yes, voided, named, side } = approval
  if (yes) {
    return (
      <span className={classes.words}>
        {t('rail.yes', { name: yes.by.name, number: numberOf(yes.version_id) ?? '' })}, <TimeAgo when={yes.at} />
        {yes.on_behalf_of && ` ${t('rail.behalf', { name: yes.on_behalf_of.name })}`}
      </span>
    )
  }
  const waiting = status?.people.filter((p) => p.waits && p.person.side === side) ?? []
  return (
    <>
      {waiting.map((p) => (
        <WaitWords key={p.person.id} asked={p} since={status?.since} />
      ))}
      {waiting.length === 0 && (
        <span className={classes.words}>
          {named.length > 0
            ? t('rail.named', { names: named.map((p) => p.name).join(', ') })
            : t('rail.anyLead', { side: tc(`side.${side}`) })}
        </span>
      )}
      {voided && (
        <span className={classes.void}>
          <s>{t('rail.yes', { name: voided.by.name, number: numberOf(voided.version_id) ?? '' })}</s>{' '}
          {t('rail.void', { reason: voided.void_reason })}
        </span>
      )}
    </>
  )
}
