import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/shared/session/session'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { useAddComment } from './api'
import { CommentBox } from './CommentBox'
import classes from './Discussion.module.css'
import type { Thing } from './thing'
import { noWords } from './unsent'

/** Writes a comment. What was typed stays until the server has it. */
export function Composer({ thing }: { thing: Thing }) {
  const { t } = useTranslation('discussion')
  const me = useMe()
  const [value, setValue] = useState(noWords)
  const add = useAddComment(thing)
  const send = (body: string, mentions: string[]) =>
    add.mutate(
      { body, mentions },
      // keeps what was typed while it was on its way
      { onSuccess: () => setValue((now) => (now.text.trim() === body ? noWords : { ...now, people: [] })) },
    )
  return (
    <div className={classes.composer}>
      <PersonAvatar person={me} size={32} />
      <div className={classes.content}>
        <CommentBox
          label={t('label')}
          placeholder={t('placeholder')}
          sendLabel={t('send')}
          value={value}
          onChange={setValue}
          onSend={send}
          isPending={add.isPending}
          error={add.error}
        />
      </div>
    </div>
  )
}
