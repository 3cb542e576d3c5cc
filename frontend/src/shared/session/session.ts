import { type QueryClient, queryOptions, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getSessionOptions, getSessionQueryKey } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Person, SessionInfo } from '@/shared/api/generated/types.gen'
import { createStore } from '@/shared/lib/store'

/** Who is signed in. Read once at start; every answer that signs in writes it. */
export const sessionOptions = () => queryOptions({ ...getSessionOptions(), staleTime: Number.POSITIVE_INFINITY })

/** The signed-in person. Only below the signed-in part of the routes. */
export function useMe(): Person {
  const { data } = useSuspenseQuery(sessionOptions())
  if (!data.user) throw new Error('useMe outside the signed-in part of the application')
  return data.user
}

export function isMarketer(person: Person): boolean {
  return person.side === 'marketing'
}

/** Takes over what signIn, acceptInvitation and updateProfile answer. */
export function useSetMe() {
  const queryClient = useQueryClient()
  return (user: Person | undefined) => setMe(queryClient, user)
}

export function setMe(queryClient: QueryClient, user: Person | undefined): void {
  queryClient.setQueryData(getSessionQueryKey(), { user } satisfies SessionInfo)
}

type Answer = (isBack: boolean) => void

/** Requests that wait for the user to sign in again; the dialog is open while there are any. */
export const waitingForSignIn = createStore<Answer[]>([])

/** Asks the user to sign in again without leaving the page. */
export function signInAgain(): Promise<boolean> {
  return new Promise((resolve) => waitingForSignIn.set([...waitingForSignIn.get(), resolve]))
}

export function answerSignIn(isBack: boolean): void {
  const waiting = waitingForSignIn.get()
  waitingForSignIn.set([])
  for (const answer of waiting) answer(isBack)
}
