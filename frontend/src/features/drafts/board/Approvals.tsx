import { IconCheck, IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './DraftCard.module.css'

const sides = ['sales', 'marketing'] as const

/** Which side said yes to the version to approve. */
export function Approvals({ approvedBy }: { approvedBy: string[] }) {
  const { t } = useTranslation('drafts')
  const { t: tc } = useTranslation()
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
