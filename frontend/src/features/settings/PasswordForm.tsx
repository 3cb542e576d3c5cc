import { Button, PasswordInput, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { changePasswordMutation, listSessionsQueryKey } from '@/shared/api/generated/@tanstack/react-query.gen'
import { useMe } from '@/shared/session/session'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import { toast } from '@/shared/ui/toast'

export function PasswordForm() {
  const { t } = useTranslation('settings')
  const me = useMe()
  const queryClient = useQueryClient()
  const form = useForm({ initialValues: { current_password: '', new_password: '' } })
  const change = useMutation({
    ...changePasswordMutation(),
    onError: (error) => setFieldErrors(form, error),
    onSuccess: () => {
      form.reset()
      toast.success(t('password.saved'))
      return queryClient.invalidateQueries({ queryKey: listSessionsQueryKey() })
    },
  })
  return (
    <form onSubmit={form.onSubmit((body) => change.mutate({ body }))}>
      <Stack>
        <input type="hidden" name="username" autoComplete="username" value={me.email ?? ''} readOnly />
        <PasswordInput
          label={t('password.current')}
          autoComplete="current-password"
          required
          {...form.getInputProps('current_password')}
        />
        <PasswordInput
          label={t('password.new')}
          description={t('password.hint')}
          autoComplete="new-password"
          minLength={10}
          maxLength={200}
          required
          {...form.getInputProps('new_password')}
        />
        <FormProblem error={change.error} form={form} />
        <Button type="submit" variant="default" loading={change.isPending} w="fit-content">
          {t('password.submit')}
        </Button>
      </Stack>
    </form>
  )
}
