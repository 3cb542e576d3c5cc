import type { SearchWhy } from '@/shared/api/generated/types.gen'
import { i18n } from '@/shared/i18n'
import classes from './Why.module.css'
import { whyLabel } from './why'

interface WhyProps {
  reasons: SearchWhy[]
  /** What is said elsewhere beside it. */
  without?: SearchWhy['code'][]
  /** The first few, where there is little room. */
  most?: number
}

/** Why something stands where it does, in one quiet line. */
export function Why({ reasons, without = [], most }: WhyProps) {
  const shown = reasons.filter(({ code }) => !without.includes(code)).slice(0, most)
  if (shown.length === 0) return null
  return (
    <span className={classes.why} title={i18n.t('why:label')}>
      {shown.map((reason) => (
        <span key={reason.code} data-tone={reason.code === 'due' ? 'due' : undefined}>
          {whyLabel(reason)}
        </span>
      ))}
    </span>
  )
}
