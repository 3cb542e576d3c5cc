import './i18n'
import { Group } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/shared/session/session'
import { LinkButton } from '@/shared/ui/links'
import { PageHeader } from '@/shared/ui/PageHeader'
import { SkeletonList } from '@/shared/ui/States'
import { Absences } from './Absences'
import { PasswordForm } from './PasswordForm'
import { ProfileForm } from './ProfileForm'
import classes from './SettingsPage.module.css'

const CalendarFeed = lazy(() => import('./CalendarFeed').then((m) => ({ default: m.CalendarFeed })))
const SearchPrivacy = lazy(() => import('./SearchPrivacy').then((m) => ({ default: m.SearchPrivacy })))
const SessionList = lazy(() => import('./SessionList').then((m) => ({ default: m.SessionList })))

export function SettingsPage() {
  const { t } = useTranslation('settings')
  const me = useMe()
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <section className={classes.section} aria-labelledby="profile">
        <h2 id="profile">{t('profile.title')}</h2>
        <ProfileForm />
      </section>
      <section className={classes.section} aria-labelledby="types">
        <h2 id="types">{t('types.title')}</h2>
        <div>
          <p className={classes.hint}>{t('types.linkHint')}</p>
          <LinkButton to="/settings/content-types" variant="default">
            {t('types.open')}
          </LinkButton>
        </div>
      </section>
      <section className={classes.section} aria-labelledby="taxonomy">
        <h2 id="taxonomy">{t('taxonomy.title')}</h2>
        <div>
          <p className={classes.hint}>{t('taxonomy.hint')}</p>
          <Group gap="xs">
            <LinkButton to="/settings/taxonomy" variant="default">
              {t('taxonomy.open')}
            </LinkButton>
            {(me.lead || me.admin || me.side === 'marketing') && (
              <LinkButton to="/settings/synonyms" variant="default">
                {t('taxonomy.synonyms')}
              </LinkButton>
            )}
          </Group>
        </div>
      </section>
      <section className={classes.section} aria-labelledby="feed">
        <h2 id="feed">{t('feed.title')}</h2>
        <Suspense fallback={<SkeletonList rows={1} height={56} />}>
          <CalendarFeed />
        </Suspense>
      </section>
      <section className={classes.section} aria-labelledby="away">
        <h2 id="away">{t('away.title')}</h2>
        <Absences />
      </section>
      <section className={classes.section} aria-labelledby="searches">
        <h2 id="searches">{t('searches.title')}</h2>
        <Suspense fallback={<SkeletonList rows={1} height={96} />}>
          <SearchPrivacy />
        </Suspense>
      </section>
      <section className={classes.section} aria-labelledby="password">
        <h2 id="password">{t('password.title')}</h2>
        <PasswordForm />
      </section>
      <section className={classes.section} aria-labelledby="sessions">
        <h2 id="sessions">{t('sessions.title')}</h2>
        <Suspense fallback={<SkeletonList rows={2} height={56} />}>
          <SessionList />
        </Suspense>
      </section>
    </>
  )
}
