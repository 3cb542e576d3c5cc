import { lazy, Suspense, useState } from 'react'
import type { Person } from '@/shared/api/generated/types.gen'
import { AccountButton } from './AccountButton'

const loadMenu = () => import('./AccountMenu')
const AccountMenu = lazy(() => loadMenu().then((m) => ({ default: m.AccountMenu })))

interface UserMenuProps {
  me: Person
  /** With name and side beside the picture. */
  isWide?: boolean
}

/** The button alone until it is pressed: the menu is not needed to see a page. */
export function UserMenu({ me, isWide = false }: UserMenuProps) {
  const [isWanted, setWanted] = useState(false)
  const preload = () => void loadMenu().catch(() => undefined)
  const button = (
    <AccountButton
      me={me}
      isWide={isWide}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={preload}
      onFocus={preload}
      onClick={() => setWanted(true)}
    />
  )
  if (!isWanted) return button
  return (
    <Suspense fallback={button}>
      <AccountMenu me={me} isWide={isWide} />
    </Suspense>
  )
}
