import { Button } from '@mantine/core'
import { IconDownload, IconPackageExport } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import {
  beginExportMutation,
  listTransfersOptions,
  stopTransferMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Transfer } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { formatBytes, formatDateTime } from '@/shared/lib/format'
import { ToneBadge } from '@/shared/ui/StateBadge'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { toast } from '@/shared/ui/toast'
import { TransferProgress } from './Progress'
import { isUnderWay, stateTone } from './results'
import classes from './Transfers.module.css'

/** Everything as one file, made in the background. */
export function ExportSection() {
  const { t } = useTranslation('transfers')
  const queryClient = useQueryClient()
  const onSettled = () => invalidate(queryClient, 'listTransfers')
  const onError = (error: unknown) => toast.error(error)
  const make = useMutation({ ...beginExportMutation(), onSettled, onError })
  const stop = useMutation({ ...stopTransferMutation(), onSettled, onError })
  const list = useQuery({
    ...listTransfersOptions({ query: { kind: 'export' } }),
    refetchInterval: (query) => (query.state.data?.items.some(isUnderWay) ? 1000 : false),
  })
  const isBusy = make.isPending || Boolean(list.data?.items.some(isUnderWay))
  return (
    <section className={classes.section} aria-labelledby="export">
      <h2 id="export">{t('export.title')}</h2>
      <p className={classes.lead}>{t('export.hint')}</p>
      <Button
        leftSection={<IconPackageExport size={16} stroke={1.7} />}
        disabled={isBusy || list.isPending}
        onClick={() => make.mutate({})}
      >
        {t('export.make')}
      </Button>
      {list.isPending && <SkeletonList rows={1} height={48} />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (
        <ul className={classes.list} aria-label={t('export.title')}>
          {list.data.items.map((transfer) => (
            <li key={transfer.id} className={classes.item}>
              <div className={classes.words}>
                <span className={classes.name}>{transfer.name}</span>
                <p className={classes.hint}>
                  {t('by', { name: transfer.person.name })} · <TimeAgo when={transfer.created_at} />
                  {transfer.state === 'done' && ` · ${keptWords(transfer)}`}
                  {transfer.problem && ` · ${transfer.problem}`}
                </p>
                {isUnderWay(transfer) && <TransferProgress transfer={transfer} />}
              </div>
              {transfer.state !== 'done' && (
                <ToneBadge tone={stateTone[transfer.state]}>{t(`state.${transfer.state}`)}</ToneBadge>
              )}
              {isUnderWay(transfer) && (
                <Button variant="default" onClick={() => stop.mutate({ path: { id: transfer.id } })}>
                  {t('stop')}
                </Button>
              )}
              {isKept(transfer) && (
                <Button
                  component="a"
                  variant="default"
                  href={`/api/v1/transfers/${transfer.id}/download`}
                  leftSection={<IconDownload size={16} stroke={1.7} />}
                >
                  {t('export.download')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {list.data?.items.length === 0 && <p className={classes.hint}>{t('export.none')}</p>}
    </section>
  )

  function keptWords(transfer: Transfer): string {
    if (!isKept(transfer)) return t('export.gone')
    return t('export.kept', { size: formatBytes(transfer.size), date: formatDateTime(transfer.expires_at as string) })
  }
}

function isKept({ state, expires_at: until }: Transfer): boolean {
  return state === 'done' && until !== undefined && new Date(until) > new Date()
}
