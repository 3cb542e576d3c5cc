import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { SearchCount } from '@/shared/api/generated/types.gen'
import classes from '@/shared/ui/PageTabs.module.css'
import { searchRoute } from './routes'
import { type Kind, kinds } from './search'

/** Kinds of things with how many were found of each; those without are left out. */
export function KindTabs({ counts, kind }: { counts: SearchCount[] | undefined; kind: Kind | undefined }) {
  const { t } = useTranslation('search')
  const countOf = (k: Kind) => counts?.find((c) => c.value === k)?.count ?? 0
  const total = counts?.reduce((sum, c) => sum + c.count, 0)
  const shown = kinds.filter((k) => k === kind || countOf(k) > 0)
  return (
    <nav className={classes.tabs} aria-label={t('kinds')}>
      {[undefined, ...shown].map((k) => (
        <Link
          key={k ?? 'all'}
          from={searchRoute.fullPath}
          to="/search"
          // what narrows one kind may mean nothing for another
          search={({ q }) => ({ q, in: k })}
          activeProps={{}}
          className={classes.tab}
          data-on={k === kind || undefined}
          aria-current={k === kind ? 'page' : undefined}
        >
          {k ? t(`group.${k}`) : t('all')}
          <span className={classes.count}>{k ? countOf(k) : total}</span>
        </Link>
      ))}
    </nav>
  )
}
