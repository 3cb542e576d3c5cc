import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PersonSelect } from '@/shared/people/PersonSelect'
import { useMe } from '@/shared/session/session'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import { useCreateDraft } from './api'
import { IdeasSelect } from './IdeasSelect'
import { type ContentType, contentTypes } from './stages'

/** Plans a piece, from ideas or from nothing. */
export function NewDraftDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('drafts')
  const { t: tc } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const create = useCreateDraft()
  const form = useForm({
    initialValues: { title: '', content_type: 'blog_post' as ContentType, writer_id: me.id, ideas: [] as string[] },
  })
  const handleSubmit = form.onSubmit((values) =>
    create.mutate(
      { body: { ...values, brief: {} } },
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
            data={contentTypes.map((value) => ({ value, label: t(`type.${value}`) }))}
            {...form.getInputProps('content_type')}
          />
          <PersonSelect
            label={t('new.writer')}
            allowDeselect={false}
            value={form.values.writer_id}
            onChange={(id) => form.setFieldValue('writer_id', id ?? me.id)}
          />
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
