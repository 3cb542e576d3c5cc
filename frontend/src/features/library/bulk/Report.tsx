import './i18n'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listPeopleOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { BulkLine, BulkOutcome, BulkReport } from '@/shared/api/generated/types.gen'
import { formatDate, formatDateTime } from '@/shared/lib/format'
import classes from './Bulk.module.css'

/** Exactly what changes, on what, and what is refused and why. */
export function Report({ report, isDone }: { report: BulkReport; isDone: boolean }) {
  const { t } = useTranslation('bulk')
  const { changing, unchanged, fields, samples, stale, refused } = report
  return (
    <div className={classes.report}>
      <p className={classes.sum} role="status">
        {t(isDone ? 'changed' : 'changes', { count: changing })} {unchanged > 0 && t('unchanged', { count: unchanged })}
      </p>
      <ul className={classes.counts}>
        {fields.map(({ field, count }) => (
          <li key={field}>
            {t(`field.${field}`)} <b>{count}</b>
          </li>
        ))}
      </ul>
      <Outcomes title={t('refused', { count: refused.length })} all={refused} />
      <Outcomes title={t('stale', { count: stale.length })} all={stale} />
      {!isDone && samples.length > 0 && (
        <details className={classes.details} open={changing <= 5}>
          <summary>{changing > samples.length ? t('first', { count: samples.length }) : t('each')}</summary>
          <ul>
            {samples.map((o) => (
              <li key={o.id}>
                <b>{o.title}</b>
                {o.lines?.map((line) => (
                  <Line key={line.field} line={line} />
                ))}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

function Outcomes({ title, all }: { title: string; all: BulkOutcome[] }) {
  if (all.length === 0) return null
  return (
    <details className={classes.details} open={all.length <= 5}>
      <summary>{title}</summary>
      <ul>
        {all.map((o) => (
          <li key={o.id}>
            {o.title && <b>{o.title}</b>} {o.reason}
          </li>
        ))}
      </ul>
    </details>
  )
}

function Line({ line: { field, before, after } }: { line: BulkLine }) {
  const { t } = useTranslation('bulk')
  const people = useQuery({ ...listPeopleOptions({ query: { limit: 100 } }), enabled: field === 'owner' }).data?.items
  const words = (values: string[]) =>
    values
      .map((v) => {
        if (field === 'owner') return people?.find((p) => p.id === v)?.name ?? t('somebody')
        if (field === 'review') return formatDate(v)
        if (field === 'expires') return formatDateTime(v)
        return v === 'yes' || v === 'no' ? t(`${v}`) : v
      })
      .join(', ') || t('none')
  return (
    <span className={classes.line}>
      {t(`field.${field}`)}: {words(before)} → {words(after)}
    </span>
  )
}
