import './i18n'
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { signInMutation } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Person } from '@/shared/api/generated/types.gen'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'

interface SignInFormProps {
  /** Fixed when somebody signs in again. */
  email?: string
  onSignedIn: (user: Person) => void
}

export function SignInForm({ email, onSignedIn }: SignInFormProps) {
  const { t } = useTranslation('session')
  const form = useForm({ initialValues: { email: email ?? '', password: '' } })
  const signIn = useMutation({
    ...signInMutation(),
    onError: (error) => setFieldErrors(form, error),
    onSuccess: ({ user }) => user && onSignedIn(user),
  })
  const handleSubmit = form.onSubmit((values) => signIn.mutate({ body: values }))
  return (
    <form onSubmit={handleSubmit}>
      <Stack>
        <TextInput
          label={t('signIn.email')}
          type="email"
          name="email"
          autoComplete="username"
          required
          readOnly={email !== undefined}
          autoFocus={email === undefined}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t('signIn.password')}
          name="password"
          autoComplete="current-password"
          required
          data-autofocus={email !== undefined || undefined}
          {...form.getInputProps('password')}
        />
        <FormProblem error={signIn.error} form={form} />
        <Button type="submit" size="md" loading={signIn.isPending} fullWidth>
          {t('signIn.submit')}
        </Button>
      </Stack>
    </form>
  )
}
