import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { CatchBoundary, RouterProvider } from '@tanstack/react-router'
import { Suspense } from 'react'
import { queryClient } from '@/shared/api/queryClient'
import { calmPart } from '@/shared/lib/lazyPart'
import { ConfirmHost } from '@/shared/ui/confirm'
import { router } from './router'
import { cssVariables, theme } from './theme'

// comes after the page; what is said before then waits in its store
const Toasts = calmPart(() => import('./Toasts').then((m) => m.Toasts))

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <CatchBoundary getResetKey={() => 'toasts'} errorComponent={() => null}>
          <Suspense>
            <Toasts />
          </Suspense>
        </CatchBoundary>
        <ConfirmHost />
        <RouterProvider router={router} />
      </MantineProvider>
    </QueryClientProvider>
  )
}
