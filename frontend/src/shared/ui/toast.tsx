import { Button } from '@mantine/core'
import { hideNotification, showNotification } from '@mantine/notifications'
import { messageOf } from '@/shared/api/problem'
import { i18n } from '@/shared/i18n'
import classes from './toast.module.css'

const undoTime = 8000

let count = 0

const shared = () => ({
  classNames: { root: classes.toast },
  closeButtonProps: { 'aria-label': i18n.t('action.close') },
})

interface UndoToast {
  message: string
  onUndo: () => void
}

interface LinkToast {
  message: string
  /** Where it leads, in a word or two. */
  label: string
  onOpen: () => void
}

function withButton(message: string, label: string, run: () => void): void {
  const id = `toast-${++count}`
  const handlePress = () => {
    hideNotification(id)
    run()
  }
  showNotification({
    id,
    autoClose: undoTime,
    ...shared(),
    message: (
      <span className={classes.row}>
        <span>{message}</span>
        <Button size="compact-sm" variant="subtle" onClick={handlePress}>
          {label}
        </Button>
      </span>
    ),
  })
}

/** Short words in the corner. Errors are said by the caller, who knows the words; toast.error takes the server's. */
export const toast = {
  success(message: string): void {
    showNotification({ message, ...shared() })
  },
  error(error: unknown): void {
    showNotification({
      message: typeof error === 'string' ? error : messageOf(error),
      color: 'red',
      autoClose: 8000,
      ...shared(),
    })
  },
  /** For what moves or hides things: one press takes it back, for eight seconds. */
  undo({ message, onUndo }: UndoToast): void {
    withButton(message, i18n.t('action.undo'), onUndo)
  },
  /** Says what was made and leads to it. */
  link({ message, label, onOpen }: LinkToast): void {
    withButton(message, label, onOpen)
  },
}
