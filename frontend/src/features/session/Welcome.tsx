import { IconBulb, IconFileText, IconSpeakerphone } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Welcome.module.css'

interface WelcomeProps {
  title: string
  lead: ReactNode
  children: ReactNode
}

/** Frame of the pages before sign-in: the form on a sheet, beside it what Byline is for. */
export function Welcome({ title, lead, children }: WelcomeProps) {
  const { t } = useTranslation('session')
  return (
    <div className={classes.frame}>
      <title>{`${title} · Byline`}</title>
      <main className={classes.sheet}>
        <div className={classes.form}>
          <p className={classes.wordmark}>
            Byline
            <span className={classes.caret} aria-hidden />
          </p>
          <h1 className={classes.title}>{title}</h1>
          <p className={classes.lead}>{lead}</p>
          {children}
        </div>
      </main>
      <aside className={classes.aside}>
        <p className={classes.quote}>{t('quote')}</p>
        <ul className={classes.points}>
          <li>
            <IconBulb size={20} stroke={1.6} aria-hidden />
            {t('points.ideas')}
          </li>
          <li>
            <IconFileText size={20} stroke={1.6} aria-hidden />
            {t('points.drafts')}
          </li>
          <li>
            <IconSpeakerphone size={20} stroke={1.6} aria-hidden />
            {t('points.posts')}
          </li>
        </ul>
      </aside>
    </div>
  )
}
