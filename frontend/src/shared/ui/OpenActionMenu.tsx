import { Menu } from '@mantine/core'
import { cloneElement, Fragment, useEffect, useRef, useState } from 'react'
import type { ActionMenuProps } from './ActionMenu'

/** Mounted by the first press of its button: opens at once, and the focus comes back to the button when it closes. */
export function OpenActionMenu({ target, title, actions, ...props }: ActionMenuProps) {
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    button.current?.focus()
    setOpen(true)
  }, [])
  return (
    <Menu {...props} opened={isOpen} onChange={setOpen}>
      <Menu.Target>{cloneElement(target, { ref: button })}</Menu.Target>
      <Menu.Dropdown>
        {title && <Menu.Label>{title}</Menu.Label>}
        {actions.map(({ key, label, icon, disabled, isApart, onClick }) => (
          <Fragment key={key}>
            {isApart && <Menu.Divider />}
            <Menu.Item leftSection={icon} disabled={disabled} onClick={onClick}>
              {label}
            </Menu.Item>
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
