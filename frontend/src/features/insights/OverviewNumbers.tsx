import { Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { getOverviewOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { ClicksSummary } from '@/shared/insights/ClicksSummary'
import { DayBars } from '@/shared/insights/DayBars'
import numbers from '@/shared/insights/Numbers.module.css'
import { RankRow } from '@/shared/insights/RankRow'
import { SumTiles } from '@/shared/insights/SumTiles'
import { formatNumber } from '@/shared/lib/format'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { ErrorState, SkeletonList } from '@/shared/ui/States'

interface PartProps {
  title: string
  hint: string
  none?: string
  children: ReactNode[]
}

function Part({ title, hint, none, children }: PartProps) {
  return (
    <section>
      <h2 className={numbers.heading}>{title}</h2>
      <p className={numbers.hint}>{hint}</p>
      {children.length > 0 && <ul className={numbers.list}>{children}</ul>}
      {children.length === 0 && none && (
        <Text size="sm" c="dimmed" mt="xs">
          {none}
        </Text>
      )}
    </section>
  )
}

/** The numbers of a lead's team, or of the company. */
export function OverviewNumbers({ days }: { days: number }) {
  const { t } = useTranslation('insights')
  const { t: tn } = useTranslation('numbers')
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...getOverviewOptions({ query: { days } }),
    placeholderData: keepPreviousData,
  })
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonList rows={4} height={110} />
  const shares = (count: number) => t('shares', { count })
  const most = (list: { human_clicks: number }[]) => Math.max(1, ...list.map((x) => x.human_clicks))
  const isEmpty = data.clicks.raw === 0 && data.posts_shared === 0
  return (
    <div className={numbers.page} data-old={isPlaceholderData || undefined}>
      <Text fw={600}>{data.team ? t('team', { team: data.team }) : t('company')}</Text>
      {isEmpty ? (
        <div>
          <Text fw={600}>{t('empty')}</Text>
          <Text c="dimmed">{t('emptyHint')}</Text>
        </div>
      ) : (
        <div className={numbers.two}>
          <ClicksSummary
            tally={data.clicks}
            asOf={data.as_of}
            ruleVersion={data.rule_version}
            before={tn('sum.before', { n: formatNumber(data.before.human_clicks), days })}
          />
          <DayBars days={data.days} since={data.since} asOf={data.as_of} />
        </div>
      )}
      <SumTiles now={data} before={data.before} days={days} />
      <div className={numbers.two}>
        <Part title={t('pieces')} hint={t('piecesHint')} none={t('piecesNone')}>
          {data.resources.map((r) => (
            <RankRow
              key={r.id}
              label={r.title}
              link={{ to: '/library/$resourceId', params: { resourceId: r.id } }}
              note={shares(r.shares)}
              value={r.human_clicks}
              most={most(data.resources)}
            />
          ))}
        </Part>
        <div className={numbers.stack}>
          <Part title={t('people')} hint={t('peopleHint')} none={t('peopleNone')}>
            {data.people.map((p) => (
              <RankRow
                key={p.person.id}
                label={p.person.name}
                link={{ to: '/people/$personId', params: { personId: p.person.id } }}
                picture={<PersonAvatar person={p.person} size={26} />}
                note={shares(p.shares)}
                value={p.human_clicks}
                most={most(data.people)}
              />
            ))}
          </Part>
          {data.networks.length > 0 && (
            <Part title={t('networks')} hint={t('networksHint')}>
              {data.networks.map((n) => (
                <RankRow
                  key={n.network}
                  label={tn(`network.${n.network}` as 'network.linkedin')}
                  note={shares(n.shares)}
                  value={n.human_clicks}
                  most={most(data.networks)}
                />
              ))}
            </Part>
          )}
        </div>
      </div>
    </div>
  )
}
