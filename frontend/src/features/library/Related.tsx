import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listRelatedResourcesOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { LinkAnchor } from '@/shared/ui/links'
import { Why } from '@/shared/why/Why'
import classes from './Related.module.css'

/** What goes with a resource, each with its reason; nothing where nothing does. */
export function Related({ id }: { id: string }) {
  const { t } = useTranslation('library')
  const { data } = useQuery(listRelatedResourcesOptions({ path: { id }, query: { limit: 4 } }))
  if (!data || data.items.length === 0) return null
  return (
    <section>
      <h2>{t('related')}</h2>
      <ul className={classes.related}>
        {data.items.map((resource) => (
          <li key={resource.id}>
            <LinkAnchor to="/library/$resourceId" params={{ resourceId: resource.id }} size="sm">
              {resource.title}
            </LinkAnchor>
            <Why reasons={resource.why} most={2} />
          </li>
        ))}
      </ul>
    </section>
  )
}
