import type { QueryClient } from '@tanstack/react-query'

/** After signing out: nothing of this person stays in memory, so the next page starts from the server. */
export function leave(queryClient: QueryClient): void {
  queryClient.clear()
  globalThis.location.assign('/sign-in')
}
