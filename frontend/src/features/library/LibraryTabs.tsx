import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { FacetCount, Person } from '@/shared/api/generated/types.gen'
import { isMarketer } from '@/shared/session/session'
import classes from '@/shared/ui/PageTabs.module.css'
import { tabCount } from './filters'
import { libraryRoute } from './routes'
import type { Tab } from './search'

interface LibraryTabsProps {
  me: Person
  counts: FacetCount[]
  tab: Tab
}

/** Parts of the library, each with an address; what has to be reviewed is marketing's work. */
export function LibraryTabs({ me, counts, tab }: LibraryTabsProps) {
  const { t } = useTranslation('library')
  const tabs: Tab[] =
    isMarketer(me) || me.admin ? ['all', 'favourites', 'new', 'review_due', 'archived'] : ['all', 'favourites', 'new']
  return (
    <nav className={classes.tabs} aria-label={t('tabs')}>
      {tabs.map((value) => (
        <Link
          key={value}
          from={libraryRoute.fullPath}
          to="/library"
          search={(old) => ({ ...old, tab: value === 'all' ? undefined : value })}
          activeProps={{}}
          resetScroll={false}
          className={classes.tab}
          data-on={value === tab || undefined}
          aria-current={value === tab ? 'page' : undefined}
        >
          {t(`tab.${value}`)}
          <span className={classes.count}>{tabCount(counts, value)}</span>
        </Link>
      ))}
    </nav>
  )
}
