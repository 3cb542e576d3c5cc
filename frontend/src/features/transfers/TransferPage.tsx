import './i18n'
import { Button } from '@mantine/core'
import { IconDownload, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import {
  getTransferOptions,
  startTransferMutation,
  stopTransferMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Transfer } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { formatNumber } from '@/shared/lib/format'
import { LinkAnchor } from '@/shared/ui/links'
import { PageHeader } from '@/shared/ui/PageHeader'
import { ToneBadge } from '@/shared/ui/StateBadge'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import { toast } from '@/shared/ui/toast'
import { TransferProgress } from './Progress'
import { TransferRows } from './Rows'
import { changing, isUnderWay, stateTone } from './results'
import { transferRoute } from './routes'
import classes from './Transfers.module.css'

/** One import: what it would do, how far it is, what it did. */
export function TransferPage() {
  const { t } = useTranslation('transfers')
  const { transferId: id } = transferRoute.useParams()
  const transfer = useQuery({
    ...getTransferOptions({ path: { id } }),
    refetchInterval: (query) => (query.state.data && isUnderWay(query.state.data) ? 1000 : false),
  })
  const { data } = transfer
  return (
    <>
      <PageHeader
        title={data?.name ?? t('title')}
        lead={data?.form && t(`form.${data.form as 'csv'}`)}
        above={<LinkAnchor to="/transfers">{t('back')}</LinkAnchor>}
        badge={data && <ToneBadge tone={stateTone[data.state]}>{t(`state.${data.state}`)}</ToneBadge>}
      >
        {data?.kind === 'import' && <Actions transfer={data} />}
      </PageHeader>
      {transfer.isPending && <SkeletonList />}
      {transfer.isError && !data && <ErrorState error={transfer.error} onRetry={() => void transfer.refetch()} />}
      {data && (
        <>
          {isUnderWay(data) && <TransferProgress transfer={data} />}
          {data.problem && (
            <p className={classes.problem} role="alert">
              {data.problem}
            </p>
          )}
          <p className={classes.hint} role="status">
            {data.state === 'checked' && (changing(data) > 0 ? t('plan') : t('nothing'))}
            {data.state === 'done' && data.kind === 'import' && t('did')}
            {data.state === 'stopped' && data.can_go_on && t('stoppedHint')}
          </p>
          {data.state !== 'checking' && data.kind === 'import' && <TransferRows transfer={data} />}
        </>
      )}
    </>
  )
}

function Actions({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation('transfers')
  const queryClient = useQueryClient()
  const options = {
    onError: (error: unknown) => toast.error(error),
    onSettled: () => invalidate(queryClient, 'getTransfer', 'listTransfers', 'listTransferRows'),
  }
  const start = useMutation({ ...startTransferMutation(), ...options })
  const stop = useMutation({ ...stopTransferMutation(), ...options })
  const path = { id: transfer.id }
  const count = changing(transfer)
  const isNew = transfer.state === 'checked'
  return (
    <>
      {transfer.state !== 'checking' && (
        <Button
          component="a"
          variant="default"
          href={`/api/v1/transfers/${transfer.id}/report`}
          leftSection={<IconDownload size={16} stroke={1.7} />}
        >
          {t('report')}
        </Button>
      )}
      {isUnderWay(transfer) && (
        <Button
          variant="default"
          loading={stop.isPending}
          leftSection={<IconPlayerStop size={16} stroke={1.7} />}
          onClick={() => stop.mutate({ path })}
        >
          {t('stop')}
        </Button>
      )}
      {transfer.can_go_on && (!isNew || count > 0) && (
        <Button
          loading={start.isPending}
          leftSection={<IconPlayerPlay size={16} stroke={1.7} />}
          onClick={() => start.mutate({ path })}
        >
          {isNew ? t('startCount', { count, formatted: formatNumber(count) }) : t('goOn')}
        </Button>
      )}
    </>
  )
}
