import { useLocalStorage, useNetwork } from '@mantine/hooks'
import { Outlet } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { calmPart } from '@/shared/lib/lazyPart'
import { useContentTypeNames } from '@/shared/lib/useContentTypes'
import { markSignedIn } from '@/shared/session/mark'
import { useMe } from '@/shared/session/session'
import classes from './AppShell.module.css'
import { navigationOf } from './navigation'
import { Overlays } from './Overlays'
import { PhoneBar, PhoneTabs } from './PhoneBars'
import { Sidebar } from './Sidebar'
import { useAppShortcuts } from './useAppShortcuts'

const UploadTray = calmPart(() => import('@/shared/uploads/UploadTray').then((m) => m.UploadTray))

/** Frame of the signed-in application: navigation on the paper, the page on a sheet. */
export function AppShell() {
  const me = useMe()
  const { t } = useTranslation()
  const { online } = useNetwork()
  const [isNarrow, setNarrow] = useLocalStorage({ key: 'byline-nav-narrow', defaultValue: false })
  const navigation = navigationOf(me)
  useAppShortcuts(navigation)
  useContentTypeNames()
  useEffect(() => markSignedIn(true), [])
  return (
    <div className={classes.shell} data-narrow={isNarrow || undefined}>
      <a href="#main" className={classes.skip}>
        {t('nav.skip')}
      </a>
      <PhoneBar me={me} />
      <Sidebar me={me} navigation={navigation} isNarrow={isNarrow} onNarrowChange={setNarrow} />
      <main id="main" tabIndex={-1} className={classes.main}>
        {!online && (
          <p className={classes.offline} role="status">
            {t('offline')}
          </p>
        )}
        <div className={classes.page}>
          <Outlet />
        </div>
      </main>
      <PhoneTabs items={navigation.main} />
      <Suspense>
        <UploadTray userId={me.id} />
      </Suspense>
      <Overlays />
    </div>
  )
}
