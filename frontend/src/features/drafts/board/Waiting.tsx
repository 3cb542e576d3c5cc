import { IconHourglass } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/shared/api/generated/types.gen'
import { formatDate } from '@/shared/lib/format'
import classes from './DraftCard.module.css'

const dayLength = 86_400_000

/** How long a piece has been in its step, once it is a day or more. */
export function Waiting({ draft, now = Date.now() }: { draft: Draft; now?: number }) {
  const { t } = useTranslation('drafts')
  const days = Math.floor((now - new Date(draft.state_changed_at).getTime()) / dayLength)
  if (days < 1 || draft.state === 'published' || draft.state === 'archived') return null
  const label = t('card.waiting', { count: days, date: formatDate(draft.state_changed_at) })
  return (
    <span className={classes.fact} title={label}>
      <IconHourglass size={13} aria-hidden />
      <span aria-hidden>{t('card.days', { count: days })}</span>
      <span className={classes.hidden}>{label}</span>
    </span>
  )
}
