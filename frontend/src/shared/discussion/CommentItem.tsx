import { ActionIcon, Button, Group } from '@mantine/core'
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Comment } from '@/shared/api/generated/types.gen'
import { isStale } from '@/shared/api/problem'
import { useMe } from '@/shared/session/session'
import { ActionMenu } from '@/shared/ui/ActionMenu'
import { FormProblem } from '@/shared/ui/FormProblem'
import { LinkAnchor } from '@/shared/ui/links'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { StaleNotice } from '@/shared/ui/StaleNotice'
import { ToneBadge } from '@/shared/ui/StateBadge'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { useDeleteComment, useEditComment } from './api'
import { CommentBody } from './CommentBody'
import classes from './Discussion.module.css'
import { MentionInput } from './MentionInput'
import type { Thing } from './thing'

interface CommentItemProps {
  thing: Thing
  comment: Comment
  /** In a narrow column. */
  isCompact?: boolean
  /** Somebody else's, which one may take away all the same. */
  mayTakeAway?: boolean
}

export function CommentItem({ thing, comment, isCompact, mayTakeAway = false }: CommentItemProps) {
  const { t } = useTranslation('discussion')
  const me = useMe()
  const [isEditing, setEditing] = useState(false)
  const remove = useDeleteComment(thing)
  const { author } = comment
  const isMine = author.id === me.id
  return (
    <li className={classes.comment} data-compact={isCompact || undefined}>
      <PersonAvatar person={author} size={isCompact ? 24 : 32} />
      <div className={classes.content}>
        <div className={classes.head}>
          {author.outside ? (
            <>
              <strong className={classes.name}>
                {author.organisation ? `${author.name}, ${author.organisation}` : author.name}
              </strong>
              <ToneBadge tone="amber">{t('outside')}</ToneBadge>
            </>
          ) : (
            <LinkAnchor to="/people/$personId" params={{ personId: author.id }} c="inherit" fw={600} size="sm">
              {author.name}
            </LinkAnchor>
          )}
          <span className={classes.time}>
            <TimeAgo when={comment.created_at} />
            {comment.edited_at && ` · ${t('edited')}`}
          </span>
          {(isMine || mayTakeAway) && !isEditing && (
            <ActionMenu
              position="bottom-end"
              target={
                <ActionIcon className={classes.more} aria-label={t('actions')} loading={remove.isPending}>
                  <IconDots size={16} />
                </ActionIcon>
              }
              actions={[
                ...(isMine
                  ? [{ key: 'edit', label: t('edit'), icon: <IconPencil size={15} />, onClick: () => setEditing(true) }]
                  : []),
                {
                  key: 'delete',
                  label: t('delete'),
                  icon: <IconTrash size={15} />,
                  onClick: () => remove.mutate(comment),
                },
              ]}
            />
          )}
        </div>
        {isEditing ? (
          <EditForm thing={thing} comment={comment} onDone={() => setEditing(false)} />
        ) : (
          <p className={classes.body}>
            <CommentBody text={comment.body} mentions={comment.mentions} />
          </p>
        )}
      </div>
    </li>
  )
}

function EditForm({ thing, comment, onDone }: CommentItemProps & { onDone: () => void }) {
  const { t } = useTranslation('discussion')
  const { t: tc } = useTranslation()
  const [text, setText] = useState(comment.body)
  const edit = useEditComment(thing)
  const save = () => {
    const body = text.trim()
    if (!body || edit.isPending) return
    if (body === comment.body) onDone()
    else edit.mutate({ comment, body }, { onSuccess: onDone })
  }
  return (
    <>
      <MentionInput
        aria-label={t('editLabel')}
        value={text}
        onChange={setText}
        onPick={() => undefined}
        onSubmit={save}
        autoFocus
        mt={6}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.currentTarget.getAttribute('aria-controls')) onDone()
        }}
      />
      <Group gap="xs" mt="xs">
        <Button size="xs" onClick={save} loading={edit.isPending} disabled={!text.trim()}>
          {tc('action.save')}
        </Button>
        <Button size="xs" variant="default" onClick={onDone}>
          {tc('action.cancel')}
        </Button>
      </Group>
      <StaleNotice error={edit.error} onTakeTheirs={onDone} onKeepMine={save} />
      {!isStale(edit.error) && <FormProblem error={edit.error} />}
    </>
  )
}
