import { Button, Drawer } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './FilterSheet.module.css'

interface FilterSheetProps {
  title: string
  opened: boolean
  onClose: () => void
  /** What the button at the end says: it closes the sheet, the filters hold already. */
  done?: string
  children: ReactNode
}

/** Filters from the bottom edge of a phone. Load it when it is first wanted, and leave it then: the focus goes back to the button. */
export function FilterSheet({ title, opened, onClose, done, children }: FilterSheetProps) {
  const { t } = useTranslation()
  const [isHere, setHere] = useState(false)
  useEffect(() => setHere(true), [])
  return (
    <Drawer
      opened={isHere && opened}
      onClose={onClose}
      position="bottom"
      size="85%"
      title={title}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {children}
      {done && (
        <div className={classes.foot}>
          <Button fullWidth onClick={onClose}>
            {done}
          </Button>
        </div>
      )}
    </Drawer>
  )
}
