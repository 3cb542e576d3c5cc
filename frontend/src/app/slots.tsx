import { lazy, Suspense } from 'react'
import { whenCalm } from '@/shared/lib/whenCalm'

const NotificationBell = lazy(() =>
  whenCalm()
    .then(() => import('@/features/notifications/NotificationBell'))
    .then((m) => ({ default: m.NotificationBell })),
)

const WaitingCount = lazy(() =>
  whenCalm()
    .then(() => import('@/features/home/WaitingCount'))
    .then((m) => ({ default: m.WaitingCount })),
)

/** How many things wait on Home. */
export function Waiting() {
  return (
    <Suspense>
      <WaitingCount />
    </Suspense>
  )
}

/** The bell keeps its place while its code loads. */
export function Bell() {
  return (
    <Suspense fallback={<span style={{ width: 44, height: 44 }} />}>
      <NotificationBell />
    </Suspense>
  )
}
