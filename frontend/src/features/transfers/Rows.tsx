import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { listTransferRowsInfiniteOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Transfer, TransferRow } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { useInfiniteList } from '@/shared/api/useInfiniteList'
import { formatNumber } from '@/shared/lib/format'
import { ToneBadge } from '@/shared/ui/StateBadge'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import { countsOf, results, resultTone, sum } from './results'
import { transferRoute } from './routes'
import classes from './Transfers.module.css'

/** Every row with what becomes of it, narrowed by a press on a count. */
export function TransferRows({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation('transfers')
  const { result } = transferRoute.useSearch()
  const navigate = useNavigate({ from: transferRoute.fullPath })
  const queryClient = useQueryClient()
  const counts = countsOf(transfer)
  const rows = useInfiniteList(
    listTransferRowsInfiniteOptions({
      path: { id: transfer.id },
      query: { result: result && [result], limit: 50 },
    }),
  )
  const seen = useRef(transfer.state)
  useEffect(() => {
    if (seen.current === transfer.state) return
    seen.current = transfer.state
    void invalidate(queryClient, 'listTransferRows')
  }, [transfer.state, queryClient])
  const choose = (next?: TransferRow['result']) =>
    void navigate({ search: { result: next }, replace: true, resetScroll: false })
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame and a legend that nobody needs here */}
      <div className={classes.counts} role="group" aria-label={t('filter')}>
        <button type="button" className={classes.count} aria-pressed={!result} onClick={() => choose()}>
          {t('all')} <b>{formatNumber(sum(counts))}</b>
        </button>
        {results
          .filter((r) => counts[r] > 0 || r === result)
          .map((r) => (
            <button
              key={r}
              type="button"
              className={classes.count}
              aria-pressed={r === result}
              onClick={() => choose(r === result ? undefined : r)}
            >
              {t(`result.${r}`)} <b>{formatNumber(counts[r])}</b>
            </button>
          ))}
      </div>
      {rows.isPending && <SkeletonList height={40} />}
      {rows.isError && !rows.data && <ErrorState error={rows.error} onRetry={() => void rows.refetch()} />}
      {rows.isSuccess && rows.items.length === 0 && <p className={classes.hint}>{t('noRows')}</p>}
      {rows.items.length > 0 && (
        <table className={classes.rows}>
          <thead>
            <tr>
              <th scope="col">{t('column.row')}</th>
              <th scope="col">{t('column.title')}</th>
              <th scope="col">{t('column.result')}</th>
              <th scope="col">{t('column.why')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.items.map((row) => (
              <tr key={`${row.list} ${row.line}`}>
                <td>{t('row', { list: row.list, line: row.line })}</td>
                <td>
                  {row.resource_id ? (
                    <Link to="/library/$resourceId" params={{ resourceId: row.resource_id }} className={classes.name}>
                      {row.title}
                    </Link>
                  ) : (
                    row.title
                  )}
                </td>
                <td>
                  <ToneBadge tone={resultTone[row.result]}>{t(`result.${row.result}`)}</ToneBadge>
                </td>
                <td>{row.explanation}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows.isFetchNextPageError && <ErrorState error={rows.error} onRetry={() => void rows.fetchNextPage()} />}
      <div ref={rows.endRef} />
    </>
  )
}
