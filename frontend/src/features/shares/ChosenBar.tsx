import { Button, Checkbox } from '@mantine/core'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Share } from '@/shared/api/generated/types.gen'
import { lazyPart } from '@/shared/lib/lazyPart'
import { toast } from '@/shared/ui/toast'
import { useRevoke } from './api'
import classes from './Shares.module.css'

const HandoverDialog = lazyPart(() => import('./HandoverDialog').then((m) => m.HandoverDialog))

/** The most that are changed together. */
export const atOnce = { revoke: 200, give: 500 }

interface ChosenBarProps {
  shown: Share[]
  chosen: Share[]
  /** How many fit, those that are not loaded yet too. */
  total: number
  onChoose: (ids: string[], isChosen: boolean) => void
  /** Loads the rest, page by page, as far as it may be chosen; gives all of them. */
  onAll: (most: number) => Promise<Share[]>
  onDone: () => void
}

/** What one does with several shares at once. */
export function ChosenBar({ shown, chosen, total, onChoose, onAll, onDone }: ChosenBarProps) {
  const { t } = useTranslation('shares')
  const { revoke } = useRevoke()
  const [isGiving, setGiving] = useState(false)
  const [isLoading, setLoading] = useState(false)
  const isAll = chosen.length === shown.length
  const most = Math.min(total, atOnce.give)
  const handleAll = async () => {
    setLoading(true)
    try {
      const all = await onAll(atOnce.give)
      onChoose(
        all.slice(0, atOnce.give).map((s) => s.id),
        true,
      )
    } catch (error) {
      toast.error(error)
    } finally {
      setLoading(false)
    }
  }
  return (
    <>
      <div className={classes.bar} data-busy={chosen.length > 0 || undefined}>
        <Checkbox
          aria-label={t('selectAll')}
          checked={isAll}
          indeterminate={chosen.length > 0 && !isAll}
          onChange={(e) =>
            onChoose(
              shown.map((s) => s.id),
              e.currentTarget.checked,
            )
          }
        />
        <span aria-live="polite">
          {isLoading
            ? t('handover.loading', { count: shown.length, total: most })
            : chosen.length > 0
              ? t('selected', { count: chosen.length })
              : t('list')}
        </span>
        {isAll && chosen.length < most && (
          <Button size="compact-md" variant="subtle" loading={isLoading} onClick={() => void handleAll()}>
            {t('handover.all', { count: most })}
          </Button>
        )}
        {chosen.length > 0 && (
          <>
            <Button size="compact-md" variant="light" disabled={isLoading} onClick={() => setGiving(true)}>
              {t('transfer.button')}
            </Button>
            {chosen.length <= atOnce.revoke && (
              <Button
                size="compact-md"
                variant="light"
                color="red"
                loading={revoke.isPending}
                disabled={isLoading}
                onClick={() => revoke.mutate({ body: { ids: chosen.map((s) => s.id) } }, { onSuccess: onDone })}
              >
                {t('revoke.button')}
              </Button>
            )}
          </>
        )}
      </div>
      {isGiving && (
        <Suspense fallback={null}>
          <HandoverDialog shares={chosen} onClose={() => setGiving(false)} onDone={onDone} />
        </Suspense>
      )}
    </>
  )
}
