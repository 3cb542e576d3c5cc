import './i18n'
import { Button, Modal, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  bulkEditMutation,
  previewBulkEditMutation,
  undoBulkEditMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import type { BulkReport, ResourceRef } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { useMe } from '@/shared/session/session'
import { DialogFoot } from '@/shared/ui/DialogFoot'
import { FormProblem } from '@/shared/ui/FormProblem'
import { toast } from '@/shared/ui/toast'
import classes from './Bulk.module.css'
import { BulkFields } from './BulkFields'
import { changeOf, nothing } from './change'
import { Report } from './Report'

interface BulkDialogProps {
  refs: ResourceRef[]
  onDone: () => void
  onClose: () => void
}

function useRefresh() {
  const queryClient = useQueryClient()
  return () =>
    invalidate(
      queryClient,
      'listResources',
      'countResources',
      'getResource',
      'listResourceRefs',
      'listCollections',
      'getCollection',
      'listTaxonomy',
      'getReviewBoard',
      'getTimeline',
    )
}

/** Says what is to change, then shows what would, then does it. */
export function BulkDialog({ refs, onDone, onClose }: BulkDialogProps) {
  const { t } = useTranslation('bulk')
  const { t: tc } = useTranslation()
  const zone = useMe().timezone || 'UTC'
  const [items] = useState(refs)
  const [values, setValues] = useState(nothing)
  const [done, setDone] = useState<BulkReport>()
  const refresh = useRefresh()
  const change = changeOf(values, zone)
  const preview = useMutation(previewBulkEditMutation())
  const undo = useMutation({
    ...undoBulkEditMutation(),
    onError: toast.error,
    onSuccess: ({ restored, left }) =>
      toast.success(
        [
          t('restored', { count: restored }),
          left.length > 0 &&
            t('left', {
              count: left.length,
              titles: left
                .slice(0, 3)
                .map((r) => r.title)
                .join(', '),
            }),
        ]
          .filter(Boolean)
          .join(' '),
      ),
    onSettled: refresh,
  })
  const apply = useMutation({
    ...bulkEditMutation(),
    onSettled: refresh,
    onSuccess: (report) => {
      const id = report.edit_id
      if (id) {
        toast.undo({
          message: t('done', { count: report.changing }),
          onUndo: () => undo.mutate({ path: { id } }),
        })
      }
      if (report.stale.length + report.refused.length > 0) return setDone(report)
      onDone()
      onClose()
    },
  })
  const report = done ?? preview.data
  const handleClose = () => {
    if (done) onDone() // what is selected was changed, and is so no more
    onClose()
  }
  const close = { 'aria-label': tc('action.close') }
  return (
    <Modal opened onClose={handleClose} size="lg" title={t('title', { count: items.length })} closeButtonProps={close}>
      {!report && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (change && !preview.isPending) preview.mutate({ body: { items, change } })
          }}
        >
          <fieldset disabled={preview.isPending} className={classes.fields}>
            <Stack>
              <BulkFields values={values} onChange={setValues} />
              <FormProblem error={preview.error} />
            </Stack>
          </fieldset>
          <DialogFoot>
            <Button variant="default" onClick={onClose}>
              {tc('action.cancel')}
            </Button>
            <Button type="submit" disabled={!change} loading={preview.isPending}>
              {t('preview')}
            </Button>
          </DialogFoot>
        </form>
      )}
      {report && (
        <Stack>
          <Report report={report} isDone={!!done} />
          <FormProblem error={apply.error} />
          <DialogFoot>
            {done ? (
              <Button onClick={handleClose} data-autofocus>
                {tc('action.close')}
              </Button>
            ) : (
              <>
                <Button variant="default" onClick={() => preview.reset()} disabled={apply.isPending}>
                  {t('back')}
                </Button>
                <Button
                  data-once
                  disabled={report.changing === 0 || !change}
                  loading={apply.isPending}
                  onClick={() => change && apply.mutate({ body: { items, change } })}
                >
                  {t('apply', { count: report.changing })}
                </Button>
              </>
            )}
          </DialogFoot>
        </Stack>
      )}
    </Modal>
  )
}
