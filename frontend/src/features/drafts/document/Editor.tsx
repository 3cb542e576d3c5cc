import { Placeholder } from '@tiptap/extension-placeholder'
import { EditorContent, useEditor, useEditorState } from '@tiptap/react'
import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/shared/api/generated/types.gen'
import { documentExtensions } from '@/shared/editor/extensions'
import { suggest } from '@/shared/editor/suggest/extension'
import written from '@/shared/editor/Written.module.css'
import { lazyPart } from '@/shared/lib/lazyPart'
import { useStore } from '@/shared/lib/store'
import { Media } from '../richtext/Media'
import { Panels } from '../richtext/Panels'
import { useOpenEditor } from '../richtext/useOpenEditor'
import suggestClasses from '../suggest/Suggest.module.css'
import { useFixed, useSuggesting } from '../suggest/useSuggesting'
import anchorClasses from '../threads/Anchors.module.css'
import { Threads } from '../threads/anchors'
import { useAnchors } from '../threads/useAnchors'
import type { ThreadView } from '../threads/useThreadView'
import classes from './Document.module.css'
import { Toolbar } from './Toolbar'
import type { DocumentTransport } from './transport'

const Tray = lazy(() => import('./Tray').then((m) => ({ default: m.Tray })))
const SuggestBar = lazyPart(() => import('../suggest/SuggestBar').then((m) => m.SuggestBar))
const ThreadTools = lazyPart(() => import('../threads/ThreadTools').then((m) => m.ThreadTools))
const SuggestionBubble = lazyPart(() => import('../suggest/SuggestionBubble').then((m) => m.SuggestionBubble))

interface EditorProps {
  draft: Draft
  transport: DocumentTransport
  threads: ThreadView
  isEditable: boolean
  /** Why it is not. */
  reason?: string
}

/** The text itself. It knows the transport only by its interface. */
export function Editor({ draft, transport, threads, isEditable, reason }: EditorProps) {
  const { t } = useTranslation('drafts')
  const { me, isFixed: wasFixed } = useSuggesting(draft)
  const isFixed = useStore(transport.suggests) ?? wasFixed
  const hasUnplaced = useStore(transport.unplaced).length > 0
  const editor = useEditor(
    {
      extensions: [
        ...documentExtensions(),
        Placeholder.configure({ placeholder: t('text.placeholder') }),
        Media.configure({ draftId: draft.id, userId: me }),
        suggest(me),
        Threads,
        ...transport.extensions,
      ],
      content: transport.content(),
      editable: isEditable,
      shouldRerenderOnTransaction: false,
      // made once the component is on the page: one made while React renders is destroyed before it is shown when that takes long
      immediatelyRender: false,
      editorProps: {
        attributes: {
          'aria-label': t('text.label'),
          role: 'textbox',
          'aria-multiline': 'true',
          class: `reading ${written.written} ${classes.text} ${suggestClasses.text} ${anchorClasses.text}`,
          spellcheck: 'true',
        },
      },
    },
    [transport, me],
  )
  useFixed(editor, isFixed)
  useOpenEditor(draft.id, editor)
  useEffect(() => (editor ? transport.attach(editor) : undefined), [editor, transport])
  useAnchors(editor, transport, draft.id, threads)
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
      {hasUnplaced && (
        <Suspense>
          <Tray transport={transport} editor={isEditable ? editor : undefined} />
        </Suspense>
      )}
      {isEditable ? !isFixed && <Toolbar editor={editor} /> : reason && <p className={classes.readOnly}>{reason}</p>}
      {isEditable && (
        <Suspense>
          <SuggestBar editor={editor} draft={draft} />
          <SuggestionBubble editor={editor} draft={draft} />
        </Suspense>
      )}
      {isEditable && !isFixed && <Panels editor={editor} />}
      <Suspense>
        <ThreadTools editor={editor} view={threads} />
      </Suspense>
      <EditorContent editor={editor} />
      <p className={classes.words}>{t('text.words', { count: words ?? 0 })}</p>
    </div>
  )
}
