import { Button, FileButton } from '@mantine/core'
import { IconFolder, IconUpload } from '@tabler/icons-react'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import classes from './DropArea.module.css'
import { filesBelow, filesOfPick, foldersOfDrop, type Placed } from './folder'

interface DropAreaProps {
  /** "Choose files" */
  label: string
  /** What can be done here, beside the button. */
  hint: string
  onFiles: (files: File[]) => void
  /** Takes whole folders too. */
  folder?: { label: string; onFiles: (found: Placed[]) => void }
  children?: ReactNode
}

/** Takes files by drop or pick; what is below it may be dropped on too. */
export function DropArea({ label, hint, onFiles, folder, children }: DropAreaProps) {
  const folderInput = useRef<HTMLInputElement>(null)
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
    const entries = folder ? foldersOfDrop(event.dataTransfer.items) : []
    if (folder && entries.length > 0) void filesBelow(entries).then(folder.onFiles)
    else onFiles([...event.dataTransfer.files])
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
        {folder && (
          <>
            <Button
              variant="default"
              leftSection={<IconFolder size={16} />}
              onClick={() => folderInput.current?.click()}
            >
              {folder.label}
            </Button>
            <input
              ref={folderInput}
              type="file"
              hidden
              tabIndex={-1}
              aria-hidden
              {...{ webkitdirectory: '' }}
              onChange={(event) => {
                folder.onFiles(filesOfPick(event.currentTarget.files ?? []))
                event.currentTarget.value = ''
              }}
            />
          </>
        )}
        <span className={classes.hint}>{hint}</span>
      </div>
      {children}
    </div>
  )
}
