import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useLibraryNews } from '@/shared/lib/useLibraryNews'
import classes from './LibraryPage.module.css'

/** What is new since somebody was here, over the whole library; nothing when nothing is. Keeps to one line, so nothing moves. */
export function News() {
  const { t } = useTranslation('library')
  const { data } = useLibraryNews()
  if (!data || data.count === 0) return null
  return (
    <span className={classes.news}>
      <Link to="/library" search={{ tab: 'new' }}>
        {t('news.since', { count: data.count })}
      </Link>
      {data.items.slice(0, 2).map((resource) => (
        <Link key={resource.id} to="/library/$resourceId" params={{ resourceId: resource.id }}>
          {resource.title}
        </Link>
      ))}
    </span>
  )
}
