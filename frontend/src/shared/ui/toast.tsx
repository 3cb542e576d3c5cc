import { Button } from '@mantine/core'
import { hideNotification, showNotification } from '@mantine/notifications'
import { messageOf } from '@/shared/api/problem'
import { i18n } from '@/shared/i18n'
import classes from './toast.module.css'

const undoTime = 8000

let count = 0

interface UndoToast {
  message: string
  onUndo: () => void
}

/** Short words in the corner. Errors are said by the caller, who knows the words; toast.error takes the server's. */
export const toast = {
  success(message: string): void {
    showNotification({ message, classNames: { root: classes.toast } })
  },
  error(error: unknown): void {
    showNotification({
      message: typeof error === 'string' ? error : messageOf(error),
      color: 'red',
      autoClose: 8000,
      classNames: { root: classes.toast },
    })
  },
  /** For what moves or hides things: one press takes it back, for eight seconds. */
  undo({ message, onUndo }: UndoToast): void {
    const id = `undo-${++count}`
    const handleUndo = () => {
      hideNotification(id)
      onUndo()
    }
    showNotification({
      id,
      autoClose: undoTime,
      classNames: { root: classes.toast },
      message: (
        <span className={classes.row}>
          <span>{message}</span>
          <Button size="compact-sm" variant="subtle" onClick={handleUndo}>
            {i18n.t('action.undo')}
          </Button>
        </span>
      ),
    })
  },
}
