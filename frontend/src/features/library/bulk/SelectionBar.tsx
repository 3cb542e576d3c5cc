import './i18n'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listResourceRefsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { ListResourceRefsData } from '@/shared/api/generated/types.gen'
import { toast } from '@/shared/ui/toast'
import classes from './Bulk.module.css'
import type { Selection } from './useSelection'

const BulkDialog = lazy(() => import('./BulkDialog').then((m) => ({ default: m.BulkDialog })))

/** The server takes so many in one change. */
const mostAtOnce = 1000

interface SelectionBarProps {
  selection: Selection
  query: ListResourceRefsData['query']
  /** How many fit the filters. */
  total: number | undefined
}

/** What is selected, and what to do with it. */
export function SelectionBar({ selection, query, total }: SelectionBarProps) {
  const { t } = useTranslation('bulk')
  const queryClient = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const [isReading, setReading] = useState(false)
  const handleAll = async () => {
    setReading(true)
    try {
      const all = await queryClient.fetchQuery({ ...listResourceRefsOptions({ query }), staleTime: 0 })
      selection.take(all.items)
      if (all.total > all.items.length) toast.success(t('limit', { count: all.items.length, total: all.total }))
    } catch (error) {
      toast.error(error)
    } finally {
      setReading(false)
    }
  }
  return (
    <div className={classes.bar} role="toolbar" aria-label={t('bar')}>
      <span className={classes.count} role="status">
        {t('selected', { count: selection.count })}
      </span>
      {total !== undefined && total > selection.count && (
        <Button variant="subtle" loading={isReading} onClick={() => void handleAll()}>
          {total > mostAtOnce ? t('some', { total }) : t('all', { count: total })}
        </Button>
      )}
      <Button variant="default" onClick={selection.end}>
        {t('clear')}
      </Button>
      <Button disabled={selection.count === 0} onClick={() => setOpen(true)}>
        {t('change')}
      </Button>
      <Suspense>
        {isOpen && <BulkDialog refs={selection.refs} onDone={selection.end} onClose={() => setOpen(false)} />}
      </Suspense>
    </div>
  )
}
