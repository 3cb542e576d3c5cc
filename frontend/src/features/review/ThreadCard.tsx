import { Button, Group, Textarea } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReviewThread } from '@/shared/api/generated/types.gen'
import { FormProblem } from '@/shared/ui/FormProblem'
import classes from './Review.module.css'
import { ReviewRemark } from './ReviewRemark'
import type { ReviewWrites } from './useReview'

interface ThreadCardProps {
  token: string
  thread: ReviewThread
  mayComment: boolean
  isIntroduced: boolean
  isActive: boolean
  writes: ReviewWrites
  onShow: () => void
}

export function ThreadCard({ token, thread, mayComment, isIntroduced, isActive, writes, onShow }: ThreadCardProps) {
  const { t } = useTranslation('outsideReview')
  const isDone = thread.state === 'resolved'
  return (
    <li
      id={`thread-${thread.id}`}
      tabIndex={-1}
      className={classes.thread}
      data-active={isActive || undefined}
      data-done={isDone || undefined}
    >
      {thread.anchor && !isDone ? (
        <button
          type="button"
          className={classes.quoteButton}
          onClick={onShow}
          aria-label={`${t('thread.show')}: ${thread.quote}`}
        >
          {thread.quote}
        </button>
      ) : (
        <blockquote className={classes.quote}>{thread.quote}</blockquote>
      )}
      {!thread.anchor && <p className={classes.quiet}>{t('thread.gone')}</p>}
      {isDone && (
        <p className={classes.done}>
          <IconCheck size={15} aria-hidden /> {t('thread.resolved')}
        </p>
      )}
      <ul className={classes.remarks}>
        {thread.comments.map((comment) => (
          <ReviewRemark key={comment.id} token={token} comment={comment} mayComment={mayComment} writes={writes} />
        ))}
      </ul>
      {mayComment && isIntroduced && <Reply token={token} thread={thread} writes={writes} />}
    </li>
  )
}

function Reply({ token, thread, writes: { reply } }: Pick<ThreadCardProps, 'token' | 'thread' | 'writes'>) {
  const { t } = useTranslation('outsideReview')
  const { t: tc } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const [body, setBody] = useState('')
  const isMine = reply.variables?.path.thread_id === thread.id
  if (!isOpen) {
    return (
      <Button size="xs" variant="subtle" className={classes.small} onClick={() => setOpen(true)}>
        {t('thread.reply')}
      </Button>
    )
  }
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!body.trim() || reply.isPending) return
    reply.mutate(
      { path: { token, thread_id: thread.id }, body: { body: body.trim() } },
      {
        onSuccess: () => {
          setBody('')
          setOpen(false)
        },
      },
    )
  }
  return (
    <form onSubmit={handleSubmit}>
      <Textarea
        aria-label={t('thread.replyLabel')}
        autoFocus
        autosize
        minRows={2}
        maxRows={8}
        maxLength={10_000}
        mb="xs"
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      {isMine && <FormProblem error={reply.error} />}
      <Group gap="xs" mt="xs">
        <Button
          type="submit"
          size="xs"
          className={classes.small}
          loading={isMine && reply.isPending}
          disabled={!body.trim()}
        >
          {t('thread.reply')}
        </Button>
        <Button size="xs" variant="default" className={classes.small} onClick={() => setOpen(false)}>
          {tc('action.cancel')}
        </Button>
      </Group>
    </form>
  )
}
