import { IconCheck, IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/shared/api/generated/types.gen'
import classes from './DraftCard.module.css'

const sides = ['sales', 'marketing'] as const

/** Which side said yes to the version to approve; where people are named, how many did. */
export function Approvals({ draft: { approved_by: approvedBy, approval } }: { draft: Draft }) {
  const { t } = useTranslation('drafts')
  const { t: tc } = useTranslation()
  if (approval.mode !== 'both_sides') {
    const isDone = approval.given >= approval.needed
    return (
      <span className={classes.sides}>
        <span className={classes.side} data-yes={isDone || undefined}>
          {isDone ? <IconCheck size={13} stroke={2.4} aria-hidden /> : <IconClock size={13} aria-hidden />}
          {t('asked.sum', { given: approval.given, needed: approval.needed })}
        </span>
      </span>
    )
  }
  return (
    <span className={classes.sides}>
      {sides.map((side) => {
        const name = tc(`side.${side}`)
        const hasApproved = approvedBy.includes(side)
        return (
          <span
            key={side}
            className={classes.side}
            data-yes={hasApproved || undefined}
            title={hasApproved ? t('card.approvedBy', { side: name }) : t('card.waitsFor', { side: name })}
          >
            {hasApproved ? <IconCheck size={13} stroke={2.4} aria-hidden /> : <IconClock size={13} aria-hidden />}
            <span aria-hidden>{name}</span>
            <span className={classes.hidden}>
              {hasApproved ? t('card.approvedBy', { side: name }) : t('card.waitsFor', { side: name })}
            </span>
          </span>
        )
      })}
    </span>
  )
}
