import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listMissingTagsInfiniteOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { useInfiniteList } from '@/shared/api/useInfiniteList'
import { contentTypeLabel } from '@/shared/lib/contentType'
import classes from './TaxonomyPage.module.css'

/** Resources that lack what their type asks for; nothing when there are none. */
export function MissingTags() {
  const { t } = useTranslation('taxonomy')
  const list = useInfiniteList(listMissingTagsInfiniteOptions({ query: { limit: 25 } }))
  if (list.items.length === 0) return null
  return (
    <section aria-labelledby="missing" className={classes.missing}>
      <h2 id="missing" className={classes.heading}>
        {t('missing.title')}
      </h2>
      <p className={classes.hint}>{t('missing.lead')}</p>
      <ul className={classes.list}>
        {list.items.map((r) => (
          <li key={r.id} className={classes.row}>
            <Link to="/library/$resourceId" params={{ resourceId: r.id }} className={classes.value}>
              {r.title}
            </Link>
            <span className={classes.count}>
              {contentTypeLabel(r.content_type)} ·{' '}
              {t('missing.lacks', { facets: r.missing.map((f) => t(`facet.${f}`).toLowerCase()).join(', ') })}
            </span>
          </li>
        ))}
      </ul>
      <div ref={list.endRef} />
    </section>
  )
}
