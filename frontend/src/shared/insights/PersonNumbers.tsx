import './i18n'
import { Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getPersonNumbersOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { formatNumber } from '@/shared/lib/format'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import { ClicksSummary } from './ClicksSummary'
import { CreditList } from './CreditList'
import { DayBars } from './DayBars'
import classes from './Numbers.module.css'
import { RankRow } from './RankRow'
import { SumTiles } from './SumTiles'

interface PersonNumbersProps {
  personId: string
  days: number
  /** The reader's own. */
  isMine: boolean
}

const few = 8

/** What came of somebody's posts and ideas. */
export function PersonNumbers({ personId, days, isMine }: PersonNumbersProps) {
  const { t } = useTranslation('numbers')
  const [isAll, setAll] = useState(false)
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...getPersonNumbersOptions({ path: { id: personId }, query: { days } }),
    placeholderData: keepPreviousData,
  })
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonList rows={4} height={110} />
  const posts = data.posts
    .filter((p) => p.clicks.raw > 0 || p.state === 'shared')
    .sort((a, b) => b.clicks.human - a.clicks.human)
  const most = Math.max(1, ...posts.map((p) => p.clicks.human))
  return (
    <div className={classes.page} data-old={isPlaceholderData || undefined}>
      {data.clicks.raw > 0 && (
        <div className={classes.two}>
          <ClicksSummary
            tally={data.clicks}
            asOf={data.as_of}
            ruleVersion={data.rule_version}
            before={t('sum.before', { n: formatNumber(data.before.human_clicks), days })}
            isOpen={data.clicks.raw < 25}
          />
          <DayBars days={data.days} since={data.since} asOf={data.as_of} />
        </div>
      )}
      <SumTiles now={data} before={data.before} days={days} />
      <div className={classes.two}>
        <section>
          <h2 className={classes.heading}>{t('person.posts')}</h2>
          <p className={classes.hint}>{t('person.postsHint')}</p>
          {posts.length === 0 && (
            <Text size="sm" c="dimmed" mt="xs">
              {t(isMine ? 'person.noPostsMine' : 'person.noPosts')}
            </Text>
          )}
          <ul className={classes.list}>
            {(isAll ? posts : posts.slice(0, few)).map((p) => (
              <RankRow
                key={p.id}
                label={p.title}
                // somebody else's post is for its owner and marketing
                link={isMine ? { to: '/posts/$postId', params: { postId: p.id } } : undefined}
                note={t('person.ofRequests', {
                  network: t(`network.${p.network}` as 'network.linkedin'),
                  count: p.clicks.raw,
                  n: formatNumber(p.clicks.raw),
                })}
                value={p.clicks.human}
                most={most}
              />
            ))}
          </ul>
          {posts.length > few && (
            <button type="button" className={classes.more} onClick={() => setAll(!isAll)}>
              {isAll ? t('person.fewer') : t('person.all', { count: posts.length })}
            </button>
          )}
        </section>
        <CreditList ideas={data.ideas} isMine={isMine} />
      </div>
    </div>
  )
}
