import { IconCalendar } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/shared/api/generated/types.gen'
import { addDays } from '@/shared/lib/days'
import { formatDate } from '@/shared/lib/format'
import { today } from '../stages'
import classes from './DraftCard.module.css'

/** When a draft is due; marked when that has passed. */
export function DueDate({ draft }: { draft: Draft }) {
  const { t } = useTranslation('drafts')
  // what is approved has one step left: to go public
  const due = draft.state === 'approved' ? draft.brief?.publish_on : draft.brief?.due_on
  if (!due || draft.state === 'published' || draft.state === 'archived') return null
  const date = formatDate(due)
  const isLate = due < today()
  const isNear = !isLate && due < addDays(today(), 3)
  const key = isNear ? 'card.soon' : 'card.due'
  const label = t(isLate ? 'card.overdue' : key, { date })
  return (
    <span className={classes.fact} data-late={isLate || undefined} data-soon={isNear || undefined} title={label}>
      <IconCalendar size={14} aria-hidden />
      <span aria-hidden>{date}</span>
      <span className={classes.hidden}>{label}</span>
    </span>
  )
}
