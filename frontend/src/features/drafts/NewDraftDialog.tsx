import { Box, Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { addWorkingDays, today } from '@/shared/lib/days'
import { useContentTypeChoices, useContentTypes } from '@/shared/lib/useContentTypes'
import { PersonSelect } from '@/shared/people/PersonSelect'
import { useMe } from '@/shared/session/session'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import { useCreateDraft } from './api'

const IdeasSelect = lazy(() => import('./IdeasSelect').then((m) => ({ default: m.IdeasSelect })))

/** Plans a piece, from ideas or from nothing. */
export function NewDraftDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('drafts')
  const { t: tc } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const create = useCreateDraft()
  const { offered } = useContentTypes()
  const types = useContentTypeChoices()
  const form = useForm({
    initialValues: { title: '', content_type: '', writer_id: me.id, ideas: [] as string[], publish_on: '' },
  })
  const chosen = offered.find((type) => type.key === form.values.content_type) ?? offered[0]
  // until somebody says otherwise, as long as its steps usually take
  const usual =
    chosen &&
    addWorkingDays(
      today(),
      Object.values(chosen.step_days).reduce((sum, n) => sum + n, 0),
    )
  const publishOn = form.isTouched('publish_on') ? form.values.publish_on : (usual ?? '')
  const handleSubmit = form.onSubmit((values) =>
    create.mutate(
      {
        body: {
          title: values.title,
          content_type: chosen?.key ?? '',
          writer_id: values.writer_id,
          ideas: values.ideas,
          brief: { publish_on: publishOn || undefined },
        },
      },
      {
        onError: (error) => setFieldErrors(form, error),
        onSuccess: (draft) => {
          onClose()
          void navigate({ to: '/drafts/$draftId', params: { draftId: draft.id }, search: { tab: 'brief' } })
        },
      },
    ),
  )
  return (
    <Modal opened onClose={onClose} title={t('new.title')}>
      <form onSubmit={handleSubmit}>
        <Stack>
          <TextInput label={t('new.name')} maxLength={300} required data-autofocus {...form.getInputProps('title')} />
          <Select
            label={t('new.type')}
            allowDeselect={false}
            data={types}
            description={chosen?.description}
            {...form.getInputProps('content_type')}
            value={chosen?.key ?? null}
          />
          <PersonSelect
            label={t('new.writer')}
            allowDeselect={false}
            value={form.values.writer_id}
            onChange={(id) => form.setFieldValue('writer_id', id ?? me.id)}
          />
          <TextInput
            type="date"
            label={t('new.publish')}
            description={t('new.publishHint')}
            {...form.getInputProps('publish_on')}
            value={publishOn}
          />
          <Suspense fallback={<Box h={81} />}>
            <IdeasSelect
              label={t('new.ideas')}
              description={t('new.ideasHint')}
              value={form.values.ideas}
              onChange={(ideas, picked) => {
                form.setFieldValue('ideas', ideas)
                // the first idea gives the title, until there is one
                if (!form.values.title.trim() && picked) form.setFieldValue('title', picked.title)
              }}
            />
          </Suspense>
          <FormProblem error={create.error} form={form} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {tc('action.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('new.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
