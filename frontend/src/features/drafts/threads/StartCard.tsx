import { Button } from '@mantine/core'
import { type Editor, useEditorState } from '@tiptap/react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/shared/api/generated/types.gen'
import { ApiError } from '@/shared/api/problem'
import { CommentBox } from '@/shared/discussion/CommentBox'
import { useMe } from '@/shared/session/session'
import { toast } from '@/shared/ui/toast'
import type { DocumentTransport } from '../document/transport'
import { anchorsOf, wordsOf } from './anchors'
import { useStartThread } from './api'
import classes from './Threads.module.css'
import { toText } from './toText'
import { keepBegun } from './unsent'
import type { ThreadView } from './useThreadView'

interface StartCardProps {
  draft: Draft
  editor: Editor | undefined
  transport: DocumentTransport
  view: ThreadView
}

const longestQuote = 500

/** A comment that is being written, with the words that it is about. */
export function StartCard({ draft, editor, transport, view }: StartCardProps) {
  const { t } = useTranslation('threads')
  const { t: tc } = useTranslation()
  const me = useMe()
  const { begun, setBegun } = view
  const add = useStartThread(draft.id, (thread) => {
    keepBegun(me.id, draft.id, undefined) // the page may have been left meanwhile
    setBegun(undefined)
    view.activate(thread.id, 'keys')
  })
  const quote = useEditorState({
    editor: editor ?? null,
    selector: ({ editor: now }) => {
      const at = now && anchorsOf(now.state).started
      return now && at ? wordsOf(now.state.doc, at) : undefined
    },
  })
  if (!begun) return null
  /** The place as the server knows it: all that was typed here has to be stored first. */
  const prepare = async (body: string, mentions: string[]) => {
    if (!(await transport.flush())) throw new ApiError({ code: 'offline', detail: t('notStored') })
    const at = editor && anchorsOf(editor.state).started
    if (!at) throw new ApiError({ code: 'conflict', detail: t('placeGone') })
    const words = wordsOf(editor.state.doc, at).slice(0, longestQuote)
    return { anchor: { ...at, version: transport.version }, quote: words, body, mentions }
  }
  const send = (body: string, mentions: string[]) => add.mutate(() => prepare(body, mentions))
  const drop = () => {
    setBegun(undefined)
    toText(editor, view)
    if (begun.text.trim()) toast.undo({ message: t('discarded'), onUndo: () => setBegun({ ...begun, isFresh: true }) })
  }
  const isLost = editor !== undefined && !quote
  return (
    <section className={classes.card} data-active aria-label={t('new')}>
      <blockquote className={classes.quote} data-gone={isLost || undefined}>
        {quote || begun.quote}
      </blockquote>
      {isLost && (
        <p className={classes.note} role="status">
          {t('placeGone')}
        </p>
      )}
      <CommentBox
        key={begun.quote} // a new place: the box has the focus again
        label={t('new')}
        placeholder={t('placeholder')}
        sendLabel={t('send')}
        value={begun}
        onChange={(value) => setBegun({ ...begun, ...value })}
        onSend={send}
        isPending={add.isPending}
        error={add.error}
        isDisabled={isLost || !editor}
        autoFocus={begun.isFresh}
        size="xs"
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.currentTarget.getAttribute('aria-controls')) return
          event.preventDefault()
          event.stopPropagation()
          if (begun.text.trim()) toText(editor, view)
          else drop()
        }}
      >
        <Button size="xs" variant="subtle" color="gray" onClick={drop}>
          {begun.text.trim() ? t('discard') : tc('action.cancel')}
        </Button>
      </CommentBox>
    </section>
  )
}
