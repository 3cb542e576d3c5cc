import { Placeholder } from '@tiptap/extension-placeholder'
import { EditorContent, useEditor, useEditorState } from '@tiptap/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { documentExtensions } from '@/shared/editor/extensions'
import classes from './Document.module.css'
import { Toolbar } from './Toolbar'
import { Tray } from './Tray'
import type { DocumentTransport } from './transport'

interface EditorProps {
  transport: DocumentTransport
  isEditable: boolean
  /** Why it is not. */
  reason?: string
}

/** The text itself. It knows the transport only by its interface. */
export function Editor({ transport, isEditable, reason }: EditorProps) {
  const { t } = useTranslation('drafts')
  const editor = useEditor(
    {
      extensions: [
        ...documentExtensions(),
        Placeholder.configure({ placeholder: t('text.placeholder') }),
        ...transport.extensions,
      ],
      content: transport.content(),
      editable: isEditable,
      shouldRerenderOnTransaction: false,
      editorProps: {
        attributes: {
          'aria-label': t('text.label'),
          role: 'textbox',
          'aria-multiline': 'true',
          class: `reading ${classes.text}`,
          spellcheck: 'true',
        },
      },
    },
    [transport],
  )
  useEffect(() => (editor ? transport.attach(editor) : undefined), [editor, transport])
  useEffect(() => {
    editor?.setEditable(isEditable, false)
  }, [editor, isEditable])
  const words = useEditorState({
    editor,
    selector: ({ editor: now }) =>
      now?.state.doc.textBetween(0, now.state.doc.content.size, ' ').match(/\S+/g)?.length ?? 0,
  })
  if (!editor) return null
  return (
    <div>
      <Tray transport={transport} editor={isEditable ? editor : undefined} />
      {isEditable ? <Toolbar editor={editor} /> : reason && <p className={classes.readOnly}>{reason}</p>}
      <EditorContent editor={editor} />
      <p className={classes.words}>{t('text.words', { count: words ?? 0 })}</p>
    </div>
  )
}
