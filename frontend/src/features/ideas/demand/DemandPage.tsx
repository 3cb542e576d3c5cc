import '../i18n'
import { SegmentedControl } from '@mantine/core'
import { IconZoomCheck } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listDemandOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { oneOf } from '@/shared/router/search'
import card from '@/shared/ui/Card.module.css'
import { LinkAnchor } from '@/shared/ui/links'
import { PageHeader } from '@/shared/ui/PageHeader'
import { EmptyState, ErrorState, SkeletonList } from '@/shared/ui/States'
import classes from '../IdeasPage.module.css'
import { demandRoute, demandStates } from '../routes'
import rows from './Demand.module.css'
import { DemandRow } from './DemandRow'

/** What people search for without success, the heaviest first. */
export function DemandPage() {
  const { t } = useTranslation('ideas')
  const { state = 'open' } = demandRoute.useSearch()
  const navigate = useNavigate({ from: demandRoute.fullPath })
  const list = useQuery({ ...listDemandOptions({ query: { state } }), placeholderData: keepPreviousData })
  return (
    <>
      <PageHeader
        title={t('demand.title')}
        lead={t('demand.lead')}
        above={<LinkAnchor to="/ideas">{t('title')}</LinkAnchor>}
      />
      <div className={classes.views}>
        <SegmentedControl
          classNames={{ label: rows.state }}
          aria-label={t('demand.states')}
          value={state}
          onChange={(value) => void navigate({ search: { state: oneOf(value, demandStates.slice(1)) }, replace: true })}
          data={demandStates.map((value) => ({ value, label: t(`demand.state.${value}`) }))}
        />
      </div>
      {list.isPending && <SkeletonList height={92} />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && !list.isPlaceholderData && (
        <EmptyState icon={<IconZoomCheck size={28} stroke={1.5} />} title={t(`demand.empty.${state}`)}>
          {t(`demand.emptyHint.${state}`)}
        </EmptyState>
      )}
      <ul className={card.list} data-old={list.isPlaceholderData || undefined}>
        {list.data?.items.map((demand) => (
          <DemandRow key={demand.id} demand={demand} />
        ))}
      </ul>
    </>
  )
}
