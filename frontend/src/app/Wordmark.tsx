import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './Wordmark.module.css'

/** The name, set like a byline: serif, with the caret of somebody still writing. Narrow places show the initial. */
export function Wordmark() {
  const { t } = useTranslation()
  return (
    <Link to="/" className={classes.wordmark} aria-label={`Byline, ${t('nav.home')}`}>
      B<span className={classes.rest}>yline</span>
      <span className={classes.caret} aria-hidden />
    </Link>
  )
}
