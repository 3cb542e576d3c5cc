import { Suspense } from 'react'
import { calmPart } from '@/shared/lib/lazyPart'

const NotificationBell = calmPart(() =>
  import('@/features/notifications/NotificationBell').then((m) => m.NotificationBell),
)

const WaitingCount = calmPart(() => import('@/features/home/WaitingCount').then((m) => m.WaitingCount))

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
