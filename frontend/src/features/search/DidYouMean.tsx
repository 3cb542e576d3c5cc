import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './SearchPage.module.css'

/** One press searches in the corrected words. */
export function DidYouMean({ words }: { words: string }) {
  const { t } = useTranslation('search')
  return (
    <p className={classes.meant} role="status">
      {t('meant')}{' '}
      <Link to="/search" search={{ q: words }} className={classes.meantWords}>
        {words}
      </Link>
      ?
    </p>
  )
}
