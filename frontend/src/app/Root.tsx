import { Outlet, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { TipLayer } from './TipLayer'

/** After a navigation the focus goes to the heading of the new page, so that keyboard and screen reader start there. */
function useFocusOnNavigation() {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
        if (!fromLocation || !pathChanged) return
        if (document.querySelector('[role="dialog"][aria-modal="true"]')) return
        // a page that is still loading takes the focus over from main when its heading is there: see PageHeader
        const heading = document.querySelector<HTMLElement>('main h1[tabindex]')
        const target = heading ?? document.querySelector<HTMLElement>('main[tabindex]')
        target?.focus({ preventScroll: true })
      }),
    [router],
  )
}

export function Root() {
  useFocusOnNavigation()
  return (
    <>
      <Outlet />
      <TipLayer />
    </>
  )
}
