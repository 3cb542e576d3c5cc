import { Button, Modal, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listDraftAssetsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Draft, DraftVersion, Taxonomy } from '@/shared/api/generated/types.gen'
import { contentTypeLabel } from '@/shared/lib/contentType'
import { DialogFoot } from '@/shared/ui/DialogFoot'
import { FormProblem } from '@/shared/ui/FormProblem'
import { toast } from '@/shared/ui/toast'
import { useMoveDraft } from './api'
import { nothing, useNeeded } from './needed'
import classes from './PublishDialog.module.css'

const NeededTags = lazy(() => import('./NeededTags').then((m) => ({ default: m.NeededTags })))

interface PublishDialogProps {
  draft: Draft
  version: DraftVersion
  onClose: () => void
}

/** Says what goes into the library, and asks once. */
export function PublishDialog({ draft, version, onClose }: PublishDialogProps) {
  const { t } = useTranslation('drafts')
  const { t: tc } = useTranslation()
  const move = useMoveDraft()
  const files = useQuery(listDraftAssetsOptions({ path: { id: draft.id } }))
  const brief = draft.brief ?? {}
  const facts: [string, string | undefined][] = [
    [t('publish.name'), version.title],
    [t('publish.type'), contentTypeLabel(draft.content_type)],
    [t('publish.summary'), brief.summary],
    [t('publish.audience'), brief.audience],
    [t('publish.stage'), brief.stage],
    [t('publish.tags'), brief.tags?.join(', ')],
    [t('publish.files'), files.data?.items.map((file) => file.name).join(', ')],
    [t('publish.address'), brief.public_url],
    [t('publish.share'), brief.shareable ? t('publish.shareable') : t('publish.internal')],
  ]
  const needed = useNeeded(draft)
  const [tags, setTags] = useState<Taxonomy>(nothing)
  const handlePublish = () =>
    move.mutate(
      { path: { id: draft.id }, body: { action: 'publish', taxonomy: needed.length > 0 ? tags : undefined } },
      {
        onSuccess: () => {
          toast.success(t('publish.done'))
          onClose()
        },
      },
    )
  return (
    <Modal opened onClose={onClose} title={t('publish.title', { number: version.number })} size="lg">
      <Stack>
        <Text size="sm">
          {t('publish.intro')} {draft.resource_id && t('publish.replaces')}
        </Text>
        <dl className={classes.facts}>
          {facts.map(([name, value]) => (
            <div key={name} className={classes.fact}>
              <dt>{name}</dt>
              <dd data-none={!value || undefined}>{value || t('publish.none')}</dd>
            </div>
          ))}
        </dl>
        {needed.length > 0 && (
          <Suspense>
            <NeededTags needed={needed} value={tags} error={move.error} onChange={setTags} />
          </Suspense>
        )}
        {draft.ideas.length > 0 && <Text size="sm">{t('publish.ideas', { count: draft.ideas.length })}</Text>}
        <FormProblem error={move.error} />
        <DialogFoot>
          <Button variant="default" onClick={onClose}>
            {tc('action.cancel')}
          </Button>
          <Button onClick={handlePublish} loading={move.isPending} data-autofocus>
            {t('publish.confirm')}
          </Button>
        </DialogFoot>
      </Stack>
    </Modal>
  )
}
