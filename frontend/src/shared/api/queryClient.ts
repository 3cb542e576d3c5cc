import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './problem'

/** What a second try cannot change is not tried again. */
function shouldRetry(failures: number, error: unknown): boolean {
  if (failures >= 1) return false
  return !(error instanceof ApiError) || error.status === 0 || error.status >= 500
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { staleTime: 30_000, retry: shouldRetry }, mutations: { retry: false } },
  })
}

export const queryClient = createQueryClient()
