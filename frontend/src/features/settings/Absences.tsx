import { Button, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  addAbsenceMutation,
  listAbsencesOptions,
  removeAbsenceMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Absence } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { formatDate } from '@/shared/lib/format'
import { useMe } from '@/shared/session/session'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import { toast } from '@/shared/ui/toast'
import classes from './Absences.module.css'

const AbsenceDialog = lazy(() => import('./AbsenceDialog').then((m) => ({ default: m.AbsenceDialog })))

/** When one is away, and who approves meanwhile; and for whom one stands in. */
export function Absences() {
  const { t } = useTranslation('settings')
  const me = useMe()
  const queryClient = useQueryClient()
  const [editing, setEditing] = useState<Absence | 'new'>()
  const { data, error, refetch } = useQuery(listAbsencesOptions())
  const refresh = () => invalidate(queryClient, 'listAbsences', 'getApprovalStatus')
  const add = useMutation({ ...addAbsenceMutation(), onError: toast.error, onSuccess: refresh })
  const remove = useMutation({ ...removeAbsenceMutation(), onError: toast.error, onSuccess: refresh })

  const handleRemove = async (absence: Absence) => {
    await remove.mutateAsync({ path: { id: absence.id } })
    const { starts_on, ends_on, note, delegate } = absence
    toast.undo({
      message: t('away.removed'),
      onUndo: () => add.mutate({ body: { starts_on, ends_on, note, delegate_id: delegate?.id } }),
    })
  }

  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonList rows={1} height={48} />
  const mine = data.items.filter((a) => a.person.id === me.id)
  const others = data.items.filter((a) => a.person.id !== me.id)
  const spanOf = (a: Absence) =>
    a.starts_on === a.ends_on ? formatDate(a.starts_on) : `${formatDate(a.starts_on)} – ${formatDate(a.ends_on)}`
  return (
    <div>
      <Text size="sm" c="dimmed" mb="sm">
        {t('away.hint')}
      </Text>
      {mine.length > 0 && (
        <ul className={classes.list} aria-label={t('away.title')}>
          {mine.map((absence) => (
            <li key={absence.id}>
              <div>
                <Text size="sm" fw={550}>
                  {spanOf(absence)}
                  {absence.note && ` · ${absence.note}`}
                </Text>
                <Text size="xs" c="dimmed">
                  {absence.delegate ? t('away.by', { name: absence.delegate.name }) : t('away.nobody')}
                </Text>
              </div>
              <div className={classes.buttons}>
                <Button size="xs" variant="default" onClick={() => setEditing(absence)}>
                  {t('away.change')}
                </Button>
                <Button
                  size="xs"
                  variant="default"
                  loading={remove.isPending && remove.variables.path.id === absence.id}
                  onClick={() => void handleRemove(absence).catch(() => undefined)}
                >
                  {t('away.remove')}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      <Button variant="default" onClick={() => setEditing('new')}>
        {t('away.add')}
      </Button>
      {others.length > 0 && (
        <ul className={classes.others} aria-label={t('away.standIn')}>
          {others.map((absence) => (
            <li key={absence.id}>{t('away.for', { name: absence.person.name, span: spanOf(absence) })}</li>
          ))}
        </ul>
      )}
      {editing && (
        <Suspense>
          <AbsenceDialog
            absence={editing === 'new' ? undefined : editing}
            onSaved={refresh}
            onClose={() => setEditing(undefined)}
          />
        </Suspense>
      )}
    </div>
  )
}
