import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listTaxonomyChangesOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { timeAgo } from '@/shared/lib/format'
import { useUndoMerge } from './api'
import classes from './TaxonomyPage.module.css'

/** What was merged and renamed, to be taken back. */
export function Changes() {
  const { t } = useTranslation('taxonomy')
  const { data } = useQuery(listTaxonomyChangesOptions())
  const undo = useUndoMerge()
  return (
    <section aria-labelledby="changes">
      <h2 id="changes" className={classes.heading}>
        {t('changes.title')}
      </h2>
      {data?.items.length === 0 && <p className={classes.hint}>{t('changes.none')}</p>}
      <ul className={classes.list}>
        {data?.items.map((c) => {
          const line = t('changes.line', { sources: c.sources.join(', '), target: c.target })
          return (
            <li key={c.id} className={classes.row}>
              <span className={classes.value}>
                {line}
                <span className={classes.small}>
                  {t(`facet.${c.facet}`)} · {t('uses', { count: c.resources })} ·{' '}
                  {t('changes.by', { name: c.by?.name ?? t('changes.somebody'), ago: timeAgo(c.at) })}
                </span>
              </span>
              {c.undone_at ? (
                <span className={classes.count}>{t('changes.undone')}</span>
              ) : (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  className={classes.undo}
                  aria-label={t('changes.undoOf', { line })}
                  loading={undo.isPending && undo.variables.path.id === c.id}
                  onClick={() => undo.mutate({ path: { id: c.id } })}
                >
                  {t('changes.undo')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
