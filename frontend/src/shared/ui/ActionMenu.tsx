import type { MenuProps } from '@mantine/core'
import { cloneElement, lazy, type ReactElement, type ReactNode, Suspense, useState } from 'react'

export interface MenuAction {
  key: string
  label: ReactNode
  icon?: ReactNode
  disabled?: boolean
  /** Begins another group: a line above it. */
  isApart?: boolean
  onClick: () => void
}

export interface ActionMenuProps extends Pick<MenuProps, 'position' | 'width'> {
  /** The button that opens it. */
  target: ReactElement<Record<string, unknown>>
  title?: string
  actions: MenuAction[]
}

const loadMenu = () => import('./OpenActionMenu')
const OpenActionMenu = lazy(() => loadMenu().then((m) => ({ default: m.OpenActionMenu })))

/** A button with a menu. Nothing of the menu is loaded to see the page: it comes when one points at the button. */
export function ActionMenu(props: ActionMenuProps) {
  const [isWanted, setWanted] = useState(false)
  const preload = () => void loadMenu().catch(() => undefined)
  const closed = cloneElement(props.target, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPointerEnter: preload,
    onFocus: preload,
    onClick: () => setWanted(true),
  })
  if (!isWanted) return closed
  return (
    <Suspense fallback={closed}>
      <OpenActionMenu {...props} />
    </Suspense>
  )
}
