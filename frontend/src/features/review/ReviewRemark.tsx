import { Button, Group, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ifMatch } from '@/shared/api/client'
import type { ReviewComment } from '@/shared/api/generated/types.gen'
import { isStale } from '@/shared/api/problem'
import { confirm } from '@/shared/ui/confirm'
import { FormProblem } from '@/shared/ui/FormProblem'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { toast } from '@/shared/ui/toast'
import classes from './Review.module.css'
import type { ReviewWrites } from './useReview'

interface ReviewRemarkProps {
  token: string
  comment: ReviewComment
  mayComment: boolean
  writes: ReviewWrites
}

export function ReviewRemark({ token, comment, mayComment, writes }: ReviewRemarkProps) {
  const { t } = useTranslation('outsideReview')
  const [isEditing, setEditing] = useState(false)
  const { author } = comment
  const path = { token, comment_id: comment.id }
  const handleDelete = async () => {
    const question = { title: t('thread.deleteTitle'), body: t('thread.deleteBody'), confirmLabel: t('thread.delete') }
    if (await confirm({ ...question, isDangerous: true })) writes.remove.mutate({ path }, { onError: toast.error })
  }
  return (
    <li>
      <p className={classes.who}>
        <strong>{author.name}</strong>
        {author.you ? ` (${t('thread.you')})` : author.organisation && `, ${author.organisation}`}
        <span className={classes.when}>
          <TimeAgo when={comment.created_at} />
          {comment.edited_at && ` · ${t('thread.edited')}`}
        </span>
      </p>
      {isEditing ? (
        <EditRemark path={path} comment={comment} writes={writes} onDone={() => setEditing(false)} />
      ) : (
        <p className={classes.body}>{comment.body}</p>
      )}
      {author.you && mayComment && !isEditing && (
        <Group gap={4}>
          <Button size="xs" variant="subtle" color="gray" className={classes.small} onClick={() => setEditing(true)}>
            {t('thread.edit')}
          </Button>
          <Button size="xs" variant="subtle" color="gray" className={classes.small} onClick={() => void handleDelete()}>
            {t('thread.delete')}
          </Button>
        </Group>
      )}
    </li>
  )
}

interface EditRemarkProps {
  path: { token: string; comment_id: string }
  comment: ReviewComment
  writes: ReviewWrites
  onDone: () => void
}

function EditRemark({ path, comment, writes: { edit }, onDone }: EditRemarkProps) {
  const { t } = useTranslation('outsideReview')
  const { t: tc } = useTranslation()
  const [body, setBody] = useState(comment.body)
  const handleSave = () => {
    const next = body.trim()
    if (!next || edit.isPending) return
    if (next === comment.body) return onDone()
    edit.mutate(
      { path, body: { body: next }, headers: ifMatch(comment.rev) },
      {
        onSuccess: onDone,
        onError: (error) => {
          if (!isStale(error)) return
          toast.error(t('thread.changed'))
          onDone()
        },
      },
    )
  }
  return (
    <div>
      <Textarea
        aria-label={t('thread.editLabel')}
        autoFocus
        autosize
        minRows={2}
        maxRows={8}
        maxLength={10_000}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      {edit.variables?.path.comment_id === comment.id && !isStale(edit.error) && <FormProblem error={edit.error} />}
      <Group gap="xs" mt="xs">
        <Button
          size="xs"
          className={classes.small}
          loading={edit.isPending}
          disabled={!body.trim()}
          onClick={handleSave}
        >
          {t('thread.save')}
        </Button>
        <Button size="xs" variant="default" className={classes.small} onClick={onDone}>
          {tc('action.cancel')}
        </Button>
      </Group>
    </div>
  )
}
