import '@/shared/insights/i18n'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getShareReadingOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Share, SharePage, ShareReading } from '@/shared/api/generated/types.gen'
import { WhyNot } from '@/shared/insights/WhyNot'
import { formatDateTime } from '@/shared/lib/format'
import card from '@/shared/ui/Card.module.css'
import { EmptyState, ErrorState, SkeletonList } from '@/shared/ui/States'
import classes from './Shares.module.css'
import { timeOf } from './time'

/** What became of a share: how long, which pages, when, and why other requests do not count. */
export function ReadingOf({ share }: { share: Share }) {
  const { t } = useTranslation('shares')
  const { data, error, refetch } = useQuery(getShareReadingOptions({ path: { id: share.id } }))
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonList rows={4} />
  const others = data.requests.filter((r) => r.class !== 'human')
  return (
    <>
      {data.visits.length === 0 && <EmptyState title={t('reading.none')}>{t('reading.noneHint')}</EmptyState>}
      {data.visits.length > 0 && <Sums share={share} />}
      {data.pages.length > 0 && <Pages pages={data.pages} />}
      {data.visits.length > 0 && <Visits reading={data} />}
      {data.downloads.length > 0 && (
        <section className={card.section}>
          <h2>{t('reading.kept')}</h2>
          <ul className={classes.lines}>
            {data.downloads.map((d) => (
              <li key={`${d.asset_id} ${d.at}`}>
                <span>{d.name}</span>
                <span className={classes.facts}>
                  {formatDateTime(d.at)}
                  {d.device > 0 && ` · ${t('reading.keptBy', { n: d.device })}`}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {others.length > 0 && (
        <section className={card.section}>
          <h2>{t('reading.requests')}</h2>
          <WhyNot why={others} />
        </section>
      )}
    </>
  )
}

function Sums({ share }: { share: Share }) {
  const { t } = useTranslation('shares')
  const sums: [string, string][] = [
    [timeOf(share.seconds), t('reading.time')],
    [String(share.visits), t('reading.visits', { count: share.visits })],
    [String(share.devices), t('reading.devices', { count: share.devices })],
    [String(share.kept), t('reading.downloads', { count: share.kept })],
  ]
  return (
    <section aria-label={t('reading.title')}>
      <ul className={classes.sums}>
        {sums.map(([value, name]) => (
          <li key={name}>
            <span className={classes.number}>{value}</span>
            <span className={classes.facts}>{name}</span>
          </li>
        ))}
      </ul>
      {share.devices > 1 && <p className={classes.facts}>{t('reading.forwarded')}</p>}
    </section>
  )
}

/** Bars of one length for the longest page; the words say the same. */
function Pages({ pages }: { pages: SharePage[] }) {
  const { t } = useTranslation('shares')
  const most = Math.max(...pages.map((p) => p.seconds), 1)
  const groups = new Map<string, { name: string; pages: SharePage[] }>()
  for (const page of pages) {
    const key = `${page.resource_id} ${page.asset_id ?? ''}`
    const group = groups.get(key) ?? { name: page.file || page.title, pages: [] }
    group.pages.push(page)
    groups.set(key, group)
  }
  return (
    <section className={card.section}>
      <h2>{t('reading.pages')}</h2>
      {[...groups].map(([key, group]) => (
        <div key={key} className={classes.group}>
          <h3>{group.name}</h3>
          <ul className={classes.bars}>
            {group.pages.map((p) => (
              <li key={p.page}>
                <span>{p.page === 0 ? t('reading.text') : t('reading.pageN', { page: p.page })}</span>
                <span className={classes.track} aria-hidden>
                  <span style={{ width: `${Math.max(1, (p.seconds / most) * 100)}%` }} />
                </span>
                <span className={classes.value}>{timeOf(p.seconds)}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

/** Words for a browser, from what it calls itself. */
function browserOf(agent: string): string {
  const name = /Edg\//.test(agent)
    ? 'Edge'
    : /Firefox\//.test(agent)
      ? 'Firefox'
      : /Chrome\//.test(agent)
        ? 'Chrome'
        : /Safari\//.test(agent)
          ? 'Safari'
          : ''
  const place = /iPhone|iPad/.exec(agent)?.[0] ?? /Android|Windows|Mac OS X|Linux/.exec(agent)?.[0] ?? ''
  return [name, place.replace('Mac OS X', 'Mac')].filter(Boolean).join(', ')
}

function Visits({ reading }: { reading: ShareReading }) {
  const { t } = useTranslation('shares')
  return (
    <section className={card.section}>
      <h2>{t('reading.visitList')}</h2>
      <ul className={classes.lines}>
        {reading.visits.map((v) => (
          <li key={v.id}>
            <span>
              {formatDateTime(v.at)}, {timeOf(v.seconds)}
            </span>
            <span className={classes.facts}>
              {[
                v.address,
                v.device > 0 && t('reading.deviceN', { n: v.device }),
                browserOf(v.agent),
                v.country,
                v.pages > 0 && t('reading.pagesSeen', { count: v.pages }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
