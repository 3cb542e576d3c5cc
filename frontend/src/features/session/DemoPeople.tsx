import { Text, UnstyledButton } from '@mantine/core'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { signInMutation } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Person } from '@/shared/api/generated/types.gen'
import { sessionOptions } from '@/shared/session/session'
import { FormProblem } from '@/shared/ui/FormProblem'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import classes from './DemoPeople.module.css'

/** One of each role is enough to try everything; the terminal lists the others. */
const shown = 5

/** In a demo workspace: its people, each one press away. */
export function DemoPeople({ onSignedIn }: { onSignedIn: (user: Person) => void }) {
  const { t } = useTranslation('session')
  const { data } = useSuspenseQuery(sessionOptions())
  const signIn = useMutation({ ...signInMutation(), onSuccess: ({ user }) => user && onSignedIn(user) })
  if (!data.demo) return null
  return (
    <section className={classes.demo} aria-labelledby="demo-people">
      <Text size="sm" c="dimmed" id="demo-people">
        {t('signIn.demo')}
      </Text>
      <ul className={classes.people}>
        {data.demo.slice(0, shown).map(({ name, role, email, password }) => (
          <li key={email}>
            <UnstyledButton
              className={classes.person}
              disabled={signIn.isPending}
              onClick={() => signIn.mutate({ body: { email, password } })}
            >
              <PersonAvatar person={{ id: email, name }} size={28} />
              <span className={classes.name}>{name}</span>
              <span className={classes.role}>{role}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <FormProblem error={signIn.error} />
    </section>
  )
}
