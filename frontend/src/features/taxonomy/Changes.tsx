import { Button, Progress } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { listTaxonomyChangesOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { TaxonomyChange } from '@/shared/api/generated/types.gen'
import { formatNumber, timeAgo } from '@/shared/lib/format'
import { useRefresh, useUndoMerge } from './api'
import classes from './TaxonomyPage.module.css'

const goesOn = ({ state }: TaxonomyChange) => state === 'running' || state === 'undoing'

/** What was merged and renamed, to be taken back; what goes on says how far it is. */
export function Changes() {
  const { t } = useTranslation('taxonomy')
  const { data } = useQuery({
    ...listTaxonomyChangesOptions(),
    refetchInterval: ({ state }) => (state.data?.items.some(goesOn) ? 1500 : false),
  })
  const refresh = useRefresh()
  const running = data?.items.filter(goesOn).length ?? 0
  const before = useRef(0)
  useEffect(() => {
    if (running < before.current) void refresh()
    before.current = running
  }, [running, refresh])
  return (
    <section aria-labelledby="changes" className={classes.changes} data-going={running > 0 || undefined}>
      <h2 id="changes" className={classes.heading}>
        {t('changes.title')}
      </h2>
      {data?.items.length === 0 && <p className={classes.hint}>{t('changes.none')}</p>}
      <ul className={classes.list}>
        {data?.items.map((c) => (
          <ChangeRow key={c.id} change={c} />
        ))}
      </ul>
    </section>
  )
}

function ChangeRow({ change: c }: { change: TaxonomyChange }) {
  const { t } = useTranslation('taxonomy')
  const undo = useUndoMerge()
  const line = t('changes.line', { sources: c.sources.join(', '), target: c.target })
  return (
    <li className={classes.row}>
      <span className={classes.value}>
        {line}
        <span className={classes.small}>
          {t(`facet.${c.facet}`)} · {t('uses', { count: c.resources })} ·{' '}
          {t('changes.by', { name: c.by?.name ?? t('changes.somebody'), ago: timeAgo(c.at) })}
        </span>
        {goesOn(c) && (
          <span className={classes.progress}>
            <Progress.Root size="sm">
              <Progress.Section
                value={c.resources > 0 ? Math.min(100, (100 * c.handled) / c.resources) : 100}
                aria-label={line}
              />
            </Progress.Root>
            <span className={classes.small} role="status">
              {t(`changes.${c.state === 'running' ? 'running' : 'undoing'}`, {
                done: formatNumber(c.handled),
                total: formatNumber(Math.max(c.resources, c.handled)),
              })}
            </span>
          </span>
        )}
      </span>
      {c.state === 'undone' && <span className={classes.count}>{t('changes.undone')}</span>}
      {c.state === 'done' && (
        <Button
          size="compact-sm"
          variant="subtle"
          className={classes.undo}
          data-once
          aria-label={t('changes.undoOf', { line })}
          loading={undo.isPending}
          onClick={() => undo.mutate({ path: { id: c.id } })}
        >
          {t('changes.undo')}
        </Button>
      )}
    </li>
  )
}
