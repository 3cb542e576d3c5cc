import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { acceptInvitationMutation } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Person } from '@/shared/api/generated/types.gen'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'

interface AcceptFormProps {
  token: string
  /** The first administrator chooses the address too. */
  isFirst: boolean
  onAccepted: (user: Person) => void
}

export function AcceptForm({ token, isFirst, onAccepted }: AcceptFormProps) {
  const { t } = useTranslation('session')
  const form = useForm({ initialValues: { name: '', email: '', password: '' } })
  const accept = useMutation({
    ...acceptInvitationMutation(),
    onError: (error) => setFieldErrors(form, error),
    onSuccess: ({ user }) => user && onAccepted(user),
  })
  const handleSubmit = form.onSubmit(({ name, email, password }) => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
    accept.mutate({ path: { token }, body: { name, password, timezone: timeZone, email: isFirst ? email : undefined } })
  })
  return (
    <form onSubmit={handleSubmit}>
      <Stack>
        <TextInput
          label={t('invitation.name')}
          autoComplete="name"
          maxLength={120}
          required
          autoFocus
          {...form.getInputProps('name')}
        />
        {isFirst && (
          <TextInput
            label={t('signIn.email')}
            type="email"
            autoComplete="username"
            required
            {...form.getInputProps('email')}
          />
        )}
        <PasswordInput
          label={t('invitation.password')}
          description={t('invitation.passwordHint')}
          autoComplete="new-password"
          minLength={10}
          maxLength={200}
          required
          {...form.getInputProps('password')}
        />
        <FormProblem error={accept.error} form={form} />
        <Button type="submit" size="md" loading={accept.isPending} fullWidth>
          {t('invitation.submit')}
        </Button>
      </Stack>
    </form>
  )
}
