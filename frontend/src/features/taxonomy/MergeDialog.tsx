import { Button, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { previewMerge } from '@/shared/api/generated/sdk.gen'
import type { MergeEffect, TaxonomyValue } from '@/shared/api/generated/types.gen'
import { fieldErrors, messageOf } from '@/shared/api/problem'
import { DialogFoot } from '@/shared/ui/DialogFoot'
import { FormProblem } from '@/shared/ui/FormProblem'
import { toast } from '@/shared/ui/toast'
import { useMerge, useUndoMerge } from './api'
import type { TagFacet } from './routes'
import classes from './TaxonomyPage.module.css'

interface MergeDialogProps {
  facet: TagFacet
  sources: string[]
  values: TaxonomyValue[]
  onDone: () => void
  onClose: () => void
}

/** Says first how much would change. */
export function MergeDialog({ facet, sources, values, onDone, onClose }: MergeDialogProps) {
  const { t } = useTranslation('taxonomy')
  const { t: tc } = useTranslation()
  const [target, setTarget] = useState('')
  const [asked] = useDebouncedValue(target.trim(), 250)
  const rest = sources.filter((s) => s !== asked)
  const isReady = asked !== '' && rest.length > 0 && asked === target.trim()
  const preview = useQuery({
    queryKey: ['previewMerge', facet, sources, asked],
    queryFn: async () =>
      (await previewMerge({ body: { facet, sources: rest, target: asked }, throwOnError: true })).data,
    enabled: isReady,
    staleTime: 0,
    retry: false,
  })
  const merge = useMerge()
  const undo = useUndoMerge()
  const isKnown = values.some((v) => v.value === asked)
  const submit = () =>
    merge.mutate(
      { body: { facet, sources: rest, target: asked } },
      {
        onSuccess: (done) => {
          if (done.state === 'running') toast.success(t('merge.begun', { count: done.resources }))
          else
            toast.undo({
              message: t('merge.done', { target: done.target, count: done.resources }),
              onUndo: () => undo.mutate({ path: { id: done.id } }),
            })
          onDone()
          onClose()
        },
      },
    )
  return (
    <Modal opened onClose={onClose} title={t('merge.title')} closeButtonProps={{ 'aria-label': tc('action.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady && preview.data && !merge.isPending) submit()
        }}
      >
        <Stack>
          <div>
            <Text size="sm" fw={500}>
              {t('merge.sources')}
            </Text>
            <ul className={classes.sources}>
              {sources.map((s) => (
                <li key={s} className={s === asked ? classes.stays : undefined}>
                  {s}
                </li>
              ))}
            </ul>
          </div>
          <TextInput
            label={t('merge.target')}
            description={t('merge.targetHint')}
            data-autofocus
            maxLength={80}
            list="merge-targets"
            value={target}
            onChange={(event) => setTarget(event.currentTarget.value)}
            error={preview.error && isReady && (fieldErrors(preview.error).target ?? messageOf(preview.error))}
          />
          <datalist id="merge-targets">
            {values
              .filter((v) => !v.retired && (sources.length > 1 || v.value !== sources[0]))
              .slice(0, 200)
              .map((v) => (
                <option key={v.value} value={v.value} />
              ))}
          </datalist>
          <div className={classes.effect} aria-live="polite">
            {isReady && preview.isFetching && <p>{t('merge.looking')}</p>}
            {isReady && preview.data && !preview.isFetching && <Effect effect={preview.data} />}
          </div>
          <FormProblem error={merge.error} />
          <DialogFoot>
            <Button variant="default" onClick={onClose}>
              {tc('action.cancel')}
            </Button>
            <Button type="submit" loading={merge.isPending} disabled={!isReady || !preview.data || preview.isFetching}>
              {isKnown || rest.length > 1 ? t('merge.submit') : t('merge.rename')}
            </Button>
          </DialogFoot>
        </Stack>
      </form>
    </Modal>
  )
}

function Effect({ effect: { resources, both, collections, views } }: { effect: MergeEffect }) {
  const { t } = useTranslation('taxonomy')
  return (
    <>
      <p className={classes.strong}>
        {resources === 0 ? t('merge.nothing') : t('merge.resources', { count: resources })}{' '}
        {both > 0 && t('merge.both', { count: both })}
      </p>
      {collections + views > 0 && <p>{t('merge.follow', { collections, views })}</p>}
      <p>{t('merge.later')}</p>
    </>
  )
}
