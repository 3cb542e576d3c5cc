import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRouter, RouterProvider } from '@tanstack/react-router'
import { render } from '@testing-library/react'
import { type ReactNode, Suspense } from 'react'
import { routeTree } from '@/app/routes'
import { theme } from '@/app/theme'
import type { Person } from '@/shared/api/generated/types.gen'
import { setMe } from '@/shared/session/session'
import { ConfirmHost } from '@/shared/ui/confirm'

export const nora: Person = {
  id: '0190c5a4-0000-7000-8000-000000000001',
  name: 'Nora Lind',
  side: 'sales',
  lead: false,
  admin: false,
  title: 'Account executive',
  bio: '',
  linkedin_url: '',
  picture_url: '',
  email: 'nora@example.com',
  timezone: 'Europe/Berlin',
  rev: 1,
  created_at: '2026-01-05T09:00:00Z',
}

function setup(me: Person) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  setMe(queryClient, me)
  return queryClient
}

/** Draws a part as Nora (or `me`), with all providers; links need renderRoute. */
export function renderWithApp(ui: ReactNode, { me = nora }: { me?: Person } = {}) {
  return render(
    <QueryClientProvider client={setup(me)}>
      <MantineProvider theme={theme} env="test">
        <Notifications />
        <ConfirmHost />
        <Suspense>{ui}</Suspense>
      </MantineProvider>
    </QueryClientProvider>,
  )
}

/** Opens a page of the whole application at an address. */
export function renderRoute(address: string, { me = nora }: { me?: Person } = {}) {
  const queryClient = setup(me)
  const router = createRouter({
    routeTree,
    context: { queryClient },
    history: createMemoryHistory({ initialEntries: [address] }),
    defaultPendingMs: 0,
  })
  const view = render(
    <QueryClientProvider client={queryClient}>
      <MantineProvider theme={theme} env="test">
        <Notifications />
        <ConfirmHost />
        <RouterProvider router={router as never} />
      </MantineProvider>
    </QueryClientProvider>,
  )
  return { ...view, router, queryClient }
}
