import type { QueryClient } from '@tanstack/react-query'
import { forgetVisits } from '@/shared/lib/recent'
import { markSignedIn } from './mark'

/** After signing out: nothing of this person stays in memory nor what they opened last, so the next page starts from the server. */
export function leave(queryClient: QueryClient): void {
  queryClient.clear()
  forgetVisits()
  markSignedIn(false)
  globalThis.location.assign('/sign-in')
}
