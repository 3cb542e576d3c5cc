import { lazy, Suspense, useEffect } from 'react'
import { onSessionEnd } from '@/shared/api/client'
import { useStore } from '@/shared/lib/store'
import { whenCalm } from '@/shared/lib/whenCalm'
import { signInAgain, waitingForSignIn } from '@/shared/session/session'
import { closeOverlay, overlay } from '@/shared/ui/overlays'

// loaded when first opened; the palette soon after the start, for what is typed right after Ctrl-K
const loadPalette = () => import('@/features/search/SearchPalette')
const SearchPalette = lazy(() => loadPalette().then((m) => ({ default: m.SearchPalette })))
const NewIdeaDialog = lazy(() => import('@/features/ideas/NewIdeaDialog').then((m) => ({ default: m.NewIdeaDialog })))
const ShareDialog = lazy(() => import('@/features/shares/ShareDialog').then((m) => ({ default: m.ShareDialog })))
const KeysDialog = lazy(() => import('./KeysDialog').then((m) => ({ default: m.KeysDialog })))
const SignInAgain = lazy(() => import('@/features/session/SignInAgain').then((m) => ({ default: m.SignInAgain })))

/** Dialogs that belong to no page. */
export function Overlays() {
  const open = useStore(overlay)
  const isWaiting = useStore(waitingForSignIn).length > 0
  useEffect(() => {
    onSessionEnd(signInAgain)
    return () => onSessionEnd(undefined)
  }, [])
  useEffect(() => {
    void whenCalm()
      .then(loadPalette)
      .catch(() => undefined)
  }, [])
  return (
    <Suspense>
      {open?.name === 'search' && <SearchPalette query={open.query} onClose={closeOverlay} />}
      {open?.name === 'newIdea' && <NewIdeaDialog title={open.title} onClose={closeOverlay} />}
      {open?.name === 'share' && (
        <ShareDialog resources={open.resources} at={open.at} set={open.set} onClose={closeOverlay} />
      )}
      {open?.name === 'keys' && <KeysDialog onClose={closeOverlay} />}
      {isWaiting && <SignInAgain />}
    </Suspense>
  )
}
