import { IconCalendar } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/shared/api/generated/types.gen'
import { formatDate } from '@/shared/lib/format'
import { isOverdue } from '../stages'
import classes from './DraftCard.module.css'

/** When a draft is due; marked when that has passed. */
export function DueDate({ draft }: { draft: Draft }) {
  const { t } = useTranslation('drafts')
  const due = draft.brief?.due_on
  if (!due || draft.state === 'published' || draft.state === 'archived') return null
  const date = formatDate(due)
  const isLate = isOverdue(draft)
  const label = isLate ? t('card.overdue', { date }) : t('card.due', { date })
  return (
    <span className={classes.fact} data-late={isLate || undefined} title={label}>
      <IconCalendar size={14} aria-hidden />
      <span aria-hidden>{date}</span>
      <span className={classes.hidden}>{label}</span>
    </span>
  )
}
