import './i18n'
import { Button, Modal, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Person } from '@/shared/api/generated/types.gen'
import { leave } from '@/shared/session/leave'
import { answerSignIn, setMe, useMe } from '@/shared/session/session'
import { SignInForm } from './SignInForm'

/** Over the page whose session ended: the page stays, and the requests that wait are sent again afterwards. */
export function SignInAgain() {
  const { t } = useTranslation('session')
  const me = useMe()
  const queryClient = useQueryClient()
  const handleSignedIn = (user: Person) => {
    setMe(queryClient, user)
    answerSignIn(true)
  }
  const handleLeave = () => {
    answerSignIn(false)
    leave(queryClient)
  }
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('again.title')}
      size="sm"
    >
      <Text size="sm" mb="md">
        {t('again.lead')}
      </Text>
      <SignInForm email={me.email} onSignedIn={handleSignedIn} />
      <Button variant="subtle" fullWidth mt="xs" onClick={handleLeave}>
        {t('again.other')}
      </Button>
    </Modal>
  )
}
