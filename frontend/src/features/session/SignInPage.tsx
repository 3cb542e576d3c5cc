import './i18n'
import { Text } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Person } from '@/shared/api/generated/types.gen'
import { useSetMe } from '@/shared/session/session'
import { DemoPeople } from './DemoPeople'
import { signInRoute } from './routes'
import { SignInForm } from './SignInForm'
import { Welcome } from './Welcome'

export function SignInPage() {
  const { t } = useTranslation('session')
  const { next } = signInRoute.useSearch()
  const router = useRouter()
  const setMe = useSetMe()
  const handleSignedIn = (user: Person) => {
    setMe(user)
    router.history.replace(next ?? '/')
  }
  return (
    <Welcome title={t('signIn.welcome')} lead={t('signIn.lead')}>
      <SignInForm onSignedIn={handleSignedIn} />
      <DemoPeople onSignedIn={handleSignedIn} />
      <Text size="sm" c="dimmed" mt="lg">
        {t('signIn.help')}
      </Text>
    </Welcome>
  )
}
