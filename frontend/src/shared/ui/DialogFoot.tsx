import { Group } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './DialogFoot.module.css'

/** The buttons of a long dialog: they stay in sight while it is scrolled. */
export function DialogFoot({ children }: { children: ReactNode }) {
  return (
    <Group justify="flex-end" gap="xs" className={classes.foot}>
      {children}
    </Group>
  )
}
