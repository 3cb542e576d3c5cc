import './i18n'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listOpenFeedbackOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { LinkAnchor } from '@/shared/ui/links'
import classes from './Feedback.module.css'
import { FeedbackLine } from './FeedbackLine'

/** What waits for an answer, on the board of whoever keeps things. */
export function OpenFeedback({ all }: { all: boolean }) {
  const { t } = useTranslation('feedback')
  const { data } = useQuery(listOpenFeedbackOptions({ query: { all } }))
  if (!data || data.items.length === 0) return null
  return (
    <section className={classes.open} aria-labelledby="open-feedback">
      <h2 id="open-feedback">{t('waiting', { count: data.items.length })}</h2>
      {data.items.map((item) => (
        <div key={item.id} className={classes.report}>
          <LinkAnchor to="/library/$resourceId" params={{ resourceId: item.resource_id }} fw={600} size="sm">
            {item.resource_title}
          </LinkAnchor>
          <ul className={classes.list}>
            <FeedbackLine item={item} version={item.version} />
          </ul>
        </div>
      ))}
    </section>
  )
}
