import './i18n'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getInvitationOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Person } from '@/shared/api/generated/types.gen'
import { isNotFound } from '@/shared/api/problem'
import { useSetMe } from '@/shared/session/session'
import { LinkButton } from '@/shared/ui/links'
import { ErrorState } from '@/shared/ui/States'
import { AcceptForm } from './AcceptForm'
import { invitationRoute } from './routes'
import { Welcome } from './Welcome'

export function InvitationPage() {
  const { t } = useTranslation('session')
  const { token } = invitationRoute.useParams()
  const router = useRouter()
  const setMe = useSetMe()
  const { data: invitation, error, refetch } = useQuery(getInvitationOptions({ path: { token } }))

  const handleAccepted = (user: Person) => {
    setMe(user)
    router.history.replace('/')
  }

  if (isNotFound(error)) {
    return (
      <Welcome title={t('invitation.goneTitle')} lead={t('invitation.gone')}>
        <LinkButton to="/sign-in" size="md" fullWidth>
          {t('invitation.signIn')}
        </LinkButton>
      </Welcome>
    )
  }
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!invitation) {
    return (
      <Welcome title={t('invitation.title')} lead="">
        <Skeleton height={220} radius="md" />
      </Welcome>
    )
  }
  const isFirst = invitation.email === ''
  return (
    <Welcome
      title={isFirst ? t('invitation.first') : t('invitation.title')}
      lead={isFirst ? t('invitation.firstLead') : t('invitation.lead', { email: invitation.email })}
    >
      <AcceptForm token={token} isFirst={isFirst} onAccepted={handleAccepted} />
    </Welcome>
  )
}
