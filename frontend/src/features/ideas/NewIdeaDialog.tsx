import './i18n'
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { createIdeaMutation, listIdeasQueryKey } from '@/shared/api/generated/@tanstack/react-query.gen'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import { toast } from '@/shared/ui/toast'

interface NewIdeaDialogProps {
  /** Words to start with, e.g. of a search that found nothing. */
  title?: string
  onClose: () => void
}

/** Quick capture: one line is enough. */
export function NewIdeaDialog({ title = '', onClose }: NewIdeaDialogProps) {
  const { t } = useTranslation('ideas')
  const { t: tc } = useTranslation()
  const queryClient = useQueryClient()
  const form = useForm({ initialValues: { title } })
  const create = useMutation({
    ...createIdeaMutation(),
    onError: (error) => setFieldErrors(form, error),
    onSuccess: () => {
      toast.success(t('new.done'))
      onClose()
      return queryClient.invalidateQueries({ queryKey: [{ _id: listIdeasQueryKey()[0]._id }] })
    },
  })
  const handleSubmit = form.onSubmit((values) => create.mutate({ body: values }))
  return (
    <Modal opened onClose={onClose} title={t('new.title')}>
      <form onSubmit={handleSubmit}>
        <Stack>
          <TextInput
            label={t('new.label')}
            description={t('new.hint')}
            placeholder={t('new.placeholder')}
            maxLength={200}
            required
            data-autofocus
            {...form.getInputProps('title')}
          />
          <FormProblem error={create.error} form={form} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {tc('action.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('new.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
