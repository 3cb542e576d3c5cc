import { ActionIcon, Button } from '@mantine/core'
import { IconClockHour4, IconSearch, IconTrendingUp, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listPopularSearchesOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { forgetSearch, forgetSearches, noteSearch, recentSearches } from '@/shared/search/recentSearches'
import { useMe } from '@/shared/session/session'
import { EmptyState } from '@/shared/ui/States'
import { Tip } from '@/shared/ui/Tip'
import { toast } from '@/shared/ui/toast'
import classes from './Start.module.css'

/** Before anything is searched: one's own last searches, and what many search for. */
export function Start() {
  const { t } = useTranslation('search')
  const { t: tc } = useTranslation()
  const me = useMe()
  const [recent, setRecent] = useState(() => recentSearches(me.id))
  const popular = useQuery({ ...listPopularSearchesOptions(), staleTime: 30_000 }).data?.items ?? []
  const handleClear = () => {
    const before = recent
    forgetSearches(me.id)
    setRecent([])
    const onUndo = () => {
      for (const words of before.toReversed()) noteSearch(me.id, words)
      setRecent(recentSearches(me.id))
    }
    toast.undo({ message: t('recentCleared'), onUndo })
  }
  const isBare = recent.length === 0 && popular.length === 0
  return (
    <>
      {isBare ? (
        <EmptyState icon={<IconSearch size={28} stroke={1.5} />} title={t('start')}>
          {t('startHint')}
        </EmptyState>
      ) : (
        <p className={classes.lead}>{t('startHint')}</p>
      )}
      <div className={classes.lists}>
        {recent.length > 0 && (
          <section aria-labelledby="recent-searches">
            <div className={classes.head}>
              <h2 id="recent-searches">{t('recentSearches')}</h2>
              <Button variant="subtle" size="compact-sm" onClick={handleClear}>
                {t('clearRecent')}
              </Button>
            </div>
            <ul>
              {recent.map((words) => (
                <Row key={words} words={words} icon={<IconClockHour4 size={16} stroke={1.6} aria-hidden />}>
                  <Tip label={tc('action.clear')}>
                    <ActionIcon
                      size={36}
                      aria-label={t('forget', { words })}
                      onClick={() => setRecent(forgetSearch(me.id, words))}
                    >
                      <IconX size={15} />
                    </ActionIcon>
                  </Tip>
                </Row>
              ))}
            </ul>
            <p className={classes.hint}>{t('recentHint')}</p>
          </section>
        )}
        {popular.length > 0 && (
          <section aria-labelledby="popular-searches">
            <div className={classes.head}>
              <h2 id="popular-searches">{t('popular')}</h2>
            </div>
            <ul>
              {popular.map(({ words }) => (
                <Row key={words} words={words} icon={<IconTrendingUp size={16} stroke={1.6} aria-hidden />} />
              ))}
            </ul>
          </section>
        )}
      </div>
    </>
  )
}

function Row({ words, icon, children }: { words: string; icon: ReactNode; children?: ReactNode }) {
  return (
    <li className={classes.row}>
      <Link to="/search" search={{ q: words }} className={classes.words}>
        {icon}
        <span>{words}</span>
      </Link>
      {children}
    </li>
  )
}
