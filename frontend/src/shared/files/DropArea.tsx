import { Button, FileButton } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { type DragEvent, type ReactNode, useState } from 'react'
import classes from './DropArea.module.css'

interface DropAreaProps {
  /** "Choose files" */
  label: string
  /** What can be done here, beside the button. */
  hint: string
  onFiles: (files: File[]) => void
  children?: ReactNode
}

/** Takes files by drop or pick; what is below it may be dropped on too. */
export function DropArea({ label, hint, onFiles, children }: DropAreaProps) {
  const [isOver, setOver] = useState(false)
  const handleDrag = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setOver(event.type === 'dragover')
  }
  const handleDrop = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setOver(false)
    onFiles([...event.dataTransfer.files])
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way, the button is the other
    <div
      className={classes.area}
      data-over={isOver || undefined}
      onDragOver={handleDrag}
      onDragLeave={handleDrag}
      onDrop={handleDrop}
    >
      <div className={classes.ask}>
        <FileButton multiple onChange={onFiles}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconUpload size={16} />}>
              {label}
            </Button>
          )}
        </FileButton>
        <span className={classes.hint}>{hint}</span>
      </div>
      {children}
    </div>
  )
}
