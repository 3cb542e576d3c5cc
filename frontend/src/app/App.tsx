import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { queryClient } from '@/shared/api/queryClient'
import { ConfirmHost } from '@/shared/ui/confirm'
import { router } from './router'
import { cssVariables, theme } from './theme'

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <Notifications position="bottom-right" limit={4} />
        <ConfirmHost />
        <RouterProvider router={router} />
      </MantineProvider>
    </QueryClientProvider>
  )
}
