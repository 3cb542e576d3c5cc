import { useTranslation } from 'react-i18next'
import type { Thread } from '@/shared/api/generated/types.gen'
import { CommentBox } from '@/shared/discussion/CommentBox'
import { useReply } from './api'
import classes from './Threads.module.css'
import { useUnsent } from './unsent'

/** Answers in a thread; an answer to a resolved one opens it again. */
export function ReplyBox({ draftId, thread }: { draftId: string; thread: Thread }) {
  const { t } = useTranslation('threads')
  const { value, setValue, clear } = useUnsent(draftId, thread.id)
  const reply = useReply(thread.id, clear)
  return (
    <div className={classes.reply} data-empty={!value.text || undefined}>
      {thread.outside && <p className={classes.note}>{t('outsideReads')}</p>}
      <CommentBox
        label={t('reply')}
        placeholder={t(thread.state === 'open' ? 'replyHint' : 'replyReopens')}
        sendLabel={t('reply')}
        value={value}
        onChange={setValue}
        onSend={(body, mentions) => reply.mutate({ body, mentions })}
        isPending={reply.isPending}
        error={reply.error}
        size="xs"
        minRows={1}
      />
    </div>
  )
}
