import { ActionIcon, Button } from '@mantine/core'
import { IconArrowBackUp, IconCircleCheck, IconLink } from '@tabler/icons-react'
import type { Editor } from '@tiptap/core'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft, Thread } from '@/shared/api/generated/types.gen'
import { CommentItem } from '@/shared/discussion/CommentItem'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { Tip } from '@/shared/ui/Tip'
import { toast } from '@/shared/ui/toast'
import { useSettle } from './api'
import { ReplyBox } from './ReplyBox'
import classes from './Threads.module.css'
import { showWords, toText } from './toText'
import type { ThreadView } from './useThreadView'

interface ThreadCardProps {
  draft: Draft
  thread: Thread
  editor: Editor | undefined
  view: ThreadView
  /** The text that it is about is gone. */
  isGone: boolean
}

/** One thread: its words in the text, what is said, and what can be done. Not looked at it shows how it began. */
export function ThreadCard({ draft, thread, editor, view, isGone }: ThreadCardProps) {
  const { t } = useTranslation('threads')
  const card = useRef<HTMLLIElement>(null)
  const { activate, active, takeFrom } = view
  const isActive = active === thread.id
  useEffect(() => {
    if (!isActive) return
    const from = takeFrom('card')
    if (from === 'keys') card.current?.focus({ preventScroll: true })
    if (from) card.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive, takeFrom])
  const open = () => {
    if (isActive && editor) showWords(editor, thread.id)
    else activate(thread.id)
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    toText(editor, view)
  }
  const [first, ...replies] = thread.comments
  const shown = isActive ? thread.comments : first ? [first] : []
  return (
    <li
      ref={card}
      tabIndex={-1}
      className={classes.card}
      data-active={isActive || undefined}
      data-thread={thread.id}
      aria-label={t('thread', { quote: thread.quote })}
      onKeyDown={handleKey}
      onClick={() => !isActive && activate(thread.id)} // the quote is a button that does the same
    >
      <div className={classes.cardHead}>
        <button
          type="button"
          className={classes.quote}
          data-gone={isGone || undefined}
          aria-pressed={isActive}
          onClick={(event) => {
            event.stopPropagation()
            open()
          }}
        >
          {thread.quote}
        </button>
        <Actions thread={thread} view={view} />
      </div>
      <ul className={classes.comments}>
        {shown.map((comment) => (
          <CommentItem
            key={comment.id}
            thing={{ type: 'draft', id: draft.id }}
            comment={comment}
            isCompact
            mayTakeAway={comment.author.outside && draft.allowed.includes('invite')}
          />
        ))}
      </ul>
      {!isActive && replies.length > 0 && (
        <Button size="compact-xs" variant="subtle" className={classes.more} onClick={() => activate(thread.id)}>
          {t('replies', { count: replies.length })}
        </Button>
      )}
      {thread.state === 'resolved' && (
        <p className={classes.note}>
          {t('resolvedBy', { name: thread.resolved_by?.name ?? t('somebody') })}{' '}
          {thread.resolved_at && <TimeAgo when={thread.resolved_at} />}
        </p>
      )}
      {isActive && <ReplyBox draftId={draft.id} thread={thread} />}
    </li>
  )
}

function Actions({ thread, view }: { thread: Thread; view: ThreadView }) {
  const { t } = useTranslation('threads')
  const undo = useSettle(({ id, action }) => action === 'reopen' && view.activate(id))
  const settle = useSettle(({ id, action }) => {
    if (view.active === id) view.activate(undefined)
    const isResolved = action === 'resolve'
    toast.undo({
      message: t(isResolved ? 'resolved' : 'reopened'),
      onUndo: () => undo.mutate({ id, action: isResolved ? 'reopen' : 'resolve' }),
    })
  })
  const { id } = thread
  const isOpen = thread.state === 'open'
  const copy = () => {
    const address = new URL(location.href)
    address.search = new URLSearchParams({ tab: 'text', thread: id }).toString()
    navigator.clipboard.writeText(address.href).then(
      () => toast.success(t('copied')),
      () => toast.error(t('notCopied')),
    )
  }
  const label = t(isOpen ? 'resolve' : 'reopen')
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: what is done with a thread does not also open it
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div className={classes.actions} onClick={(event) => event.stopPropagation()}>
      <Tip label={t('copyLink')}>
        <ActionIcon className={classes.action} aria-label={t('copyLink')} onClick={copy}>
          <IconLink size={16} stroke={1.7} />
        </ActionIcon>
      </Tip>
      {thread.may_resolve && (
        <Tip label={label}>
          <ActionIcon
            className={classes.action}
            aria-label={label}
            loading={settle.isPending}
            onClick={() => settle.mutate({ id, action: isOpen ? 'resolve' : 'reopen' })}
          >
            {isOpen ? <IconCircleCheck size={18} stroke={1.7} /> : <IconArrowBackUp size={18} stroke={1.7} />}
          </ActionIcon>
        </Tip>
      )}
    </div>
  )
}
