import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useLibraryNews } from '@/shared/lib/useLibraryNews'
import classes from './LibraryPage.module.css'

/** What is new since somebody was here, over the whole library; nothing when nothing is. */
export function NewsStrip() {
  const { t } = useTranslation('library')
  const { data } = useLibraryNews()
  if (!data || data.count === 0) return null
  const [first, second] = data.items
  return (
    <p className={classes.news}>
      <strong>{t('news.since', { count: data.count })}</strong>
      {[first, second].map(
        (resource) =>
          resource && (
            <Link key={resource.id} to="/library/$resourceId" params={{ resourceId: resource.id }}>
              {resource.title}
            </Link>
          ),
      )}
      {data.count > 2 && (
        <Link to="/library" search={{ tab: 'new' }}>
          {t('news.all')}
        </Link>
      )}
    </p>
  )
}
