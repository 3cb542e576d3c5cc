import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Idea } from '@/shared/api/generated/types.gen'
import { useContentTypeChoices } from '@/shared/lib/useContentTypes'
import { PersonSelect } from '@/shared/people/PersonSelect'
import { useMe } from '@/shared/session/session'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import { usePlanPiece } from './api'

/** The kind of piece that an idea most likely becomes. */
const firstType: Record<Idea['kind'], string> = {
  idea: 'blog_post',
  request: 'one_pager',
  story: 'case_study',
}

interface PlanDialogProps {
  idea: Idea
  onClose: () => void
}

/** From an idea to a draft: what, who, when. The rest of the brief is written there. */
export function PlanDialog({ idea, onClose }: PlanDialogProps) {
  const { t } = useTranslation('ideas')
  const { t: tc } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const plan = usePlanPiece()
  const types = useContentTypeChoices()
  const form = useForm({
    initialValues: {
      title: idea.title,
      content_type: firstType[idea.kind],
      writer_id: me.id as string | null,
      due: idea.needed_by ?? '',
    },
  })
  const submit = form.onSubmit(({ title, content_type, writer_id, due }) => {
    if (plan.isPending) return
    const brief = { due_on: due || undefined, tags: idea.tags }
    const body = { title, content_type, writer_id: writer_id ?? undefined, ideas: [idea.id], brief }
    plan.mutate(body, {
      onError: (error) => setFieldErrors(form, error),
      onSuccess: (draft) => {
        onClose()
        void navigate({ to: '/drafts/$draftId', params: { draftId: draft.id } })
      },
    })
  })
  return (
    <Modal opened onClose={onClose} title={t('plan.title')}>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm" c="dimmed">
            {t('plan.lead')}
          </Text>
          <TextInput
            label={t('plan.pieceTitle')}
            required
            maxLength={200}
            data-autofocus
            {...form.getInputProps('title')}
          />
          <Select label={t('plan.type')} allowDeselect={false} data={types} {...form.getInputProps('content_type')} />
          <PersonSelect
            label={t('plan.writer')}
            side="marketing"
            value={form.values.writer_id}
            onChange={(id) => form.setFieldValue('writer_id', id)}
            error={form.errors.writer_id}
          />
          <TextInput type="date" label={t('plan.due')} {...form.getInputProps('due')} />
          <FormProblem error={plan.error} form={form} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {tc('action.cancel')}
            </Button>
            <Button type="submit" loading={plan.isPending}>
              {t('plan.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
