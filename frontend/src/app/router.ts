import { createRouter } from '@tanstack/react-router'
import { queryClient } from '@/shared/api/queryClient'
import { ErrorPage, NotFoundPage } from './ErrorPage'
import { PendingPage } from './PendingPage'
import { routeTree } from './routes'

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0, // TanStack Query decides what is fresh
  defaultPendingMs: 300,
  defaultPendingComponent: PendingPage,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
