import { Button, Modal, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { createView, tellOfView } from '@/shared/api/generated/sdk.gen'
import { invalidate } from '@/shared/api/invalidate'
import { DialogFoot } from '@/shared/ui/DialogFoot'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import { toast } from '@/shared/ui/toast'
import { searchOf } from '@/shared/views/query'

interface SaveSearchDialogProps {
  words: string
  /** The filters of the view. */
  query: string
  onClose: () => void
}

interface Values {
  name: string
  isTold: boolean
}

/** Name of a saved search, and whether one wants to hear of what is new in it. */
export function SaveSearchDialog({ words, query, onClose }: SaveSearchDialogProps) {
  const { t } = useTranslation('search')
  const { t: tc } = useTranslation()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const form = useForm<Values>({ initialValues: { name: words.slice(0, 60), isTold: true } })
  const save = useMutation({
    mutationFn: async ({ name, isTold }: Values) => {
      const body = { page: 'library', name, query, shared: 'nobody' } as const
      const { data: view } = await createView({ body, throwOnError: true })
      if (isTold) await tellOfView({ path: { id: view.id }, throwOnError: true })
      return view
    },
    onError: (error) => setFieldErrors(form, error),
    onSuccess: ({ name }, { isTold }) => {
      onClose()
      const onOpen = () => void navigate({ to: '/library', search: searchOf(query) })
      toast.link({ message: t(isTold ? 'save.told' : 'save.done', { name }), label: t('save.open'), onOpen })
    },
    onSettled: () => invalidate(queryClient, 'listViews'),
  })
  return (
    <Modal opened onClose={onClose} title={t('save.title')} closeButtonProps={{ 'aria-label': tc('action.close') }}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack gap="md">
          <TextInput
            label={t('save.name')}
            maxLength={60}
            required
            data-autofocus
            disabled={save.isPending}
            {...form.getInputProps('name')}
          />
          <Switch
            label={t('save.tell')}
            description={t('save.tellHint')}
            disabled={save.isPending}
            {...form.getInputProps('isTold', { type: 'checkbox' })}
          />
          <Text size="sm" c="dimmed">
            {t('save.hint')}
          </Text>
          <FormProblem error={save.error} form={form} />
          <DialogFoot>
            <Button variant="default" onClick={onClose}>
              {tc('action.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('save.submit')}
            </Button>
          </DialogFoot>
        </Stack>
      </form>
    </Modal>
  )
}
