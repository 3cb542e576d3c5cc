import './i18n'
import { ActionIcon, FileButton } from '@mantine/core'
import { IconPhotoPlus, IconTable } from '@tabler/icons-react'
import type { Editor } from '@tiptap/core'
import { useTranslation } from 'react-i18next'
import { Tip } from '@/shared/ui/Tip'
import classes from '../document/Document.module.css'
import { insertFiles, type Place } from './insert'
import { refusesBlocks } from './Media'

/** Three by three, with a header. */
const emptyTable = () => ({
  type: 'table',
  content: [0, 1, 2].map((row) => ({
    type: 'tableRow',
    content: [0, 1, 2].map(() => ({
      type: row === 0 ? 'tableHeader' : 'tableCell',
      content: [{ type: 'paragraph' }],
    })),
  })),
})

/** Puts pictures, files and tables into the text. */
export function InsertTools({ editor }: { editor: Editor }) {
  const { t } = useTranslation('richtext')
  const handleFiles = (files: File[]) => {
    const media = editor.extensionManager.extensions.find((one) => one.name === 'media')
    if (media && !refusesBlocks(editor))
      void insertFiles(editor.view, files, editor.state.selection.to, media.options as Place)
  }
  return (
    <>
      <FileButton multiple onChange={handleFiles}>
        {(props) => (
          <Tip label={t('add')}>
            <ActionIcon {...props} className={classes.tool} aria-label={t('add')}>
              <IconPhotoPlus size={18} stroke={1.7} />
            </ActionIcon>
          </Tip>
        )}
      </FileButton>
      <Tip label={t('table')}>
        <ActionIcon
          className={classes.tool}
          aria-label={t('table')}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => refusesBlocks(editor) || editor.chain().focus().insertContent(emptyTable()).run()}
        >
          <IconTable size={18} stroke={1.7} />
        </ActionIcon>
      </Tip>
    </>
  )
}
