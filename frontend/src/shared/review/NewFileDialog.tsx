import './i18n'
import { Button, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '@/shared/lib/format'
import { DialogFoot } from '@/shared/ui/DialogFoot'
import { WhatChangedField } from './WhatChangedField'

/** A file that is to take the place of another, and what changed with it. */
export interface NewFile {
  file: File
  note: string
}

interface NewFileDialogProps extends NewFile {
  /** Of the resource. */
  title: string
  onSubmit: (chosen: NewFile) => void
  onClose: () => void
}

/** Asks what changed before a new file is put in; one need not say. */
export function NewFileDialog({ file, note: before, title, onSubmit, onClose }: NewFileDialogProps) {
  const { t } = useTranslation('review')
  const { t: tc } = useTranslation()
  const [note, setNote] = useState(before)
  return (
    <Modal opened onClose={onClose} title={t('newFile.title')} closeButtonProps={{ 'aria-label': tc('action.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          event.stopPropagation() // a form around the actions is another matter
          onSubmit({ file, note: note.trim() })
        }}
      >
        <Stack>
          <div>
            <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
              {file.name}{' '}
              <Text span c="dimmed" size="sm" fw={400}>
                {formatBytes(file.size)}
              </Text>
            </Text>
            <Text size="sm" c="dimmed">
              {t('newFile.hint', { title })}
            </Text>
          </div>
          <WhatChangedField value={note} onChange={setNote} />
          <DialogFoot>
            <Button variant="default" onClick={onClose}>
              {tc('action.cancel')}
            </Button>
            <Button type="submit">{t('newFile.submit')}</Button>
          </DialogFoot>
        </Stack>
      </form>
    </Modal>
  )
}
