import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Person } from '@/shared/api/generated/types.gen'
import { messageOf } from '@/shared/api/problem'
import { useMe } from '@/shared/session/session'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { useAddComment } from './api'
import classes from './Discussion.module.css'
import { MentionInput } from './MentionInput'
import { stillNamed } from './mentions'
import type { Thing } from './thing'

/** Writes a comment. What was typed stays until the server has it. */
export function Composer({ thing }: { thing: Thing }) {
  const { t } = useTranslation('discussion')
  const me = useMe()
  const [text, setText] = useState('')
  const [picked, setPicked] = useState<Person[]>([])
  const add = useAddComment(thing)
  const send = () => {
    const body = text.trim()
    if (!body || add.isPending) return
    const mentions = stillNamed(body, picked).map((p) => p.id)
    add.mutate(
      { body, mentions },
      {
        onSuccess: () => {
          // keeps what was typed while it was on its way
          setText((now) => (now.trim() === body ? '' : now))
          setPicked([])
        },
      },
    )
  }
  return (
    <div className={classes.composer}>
      <PersonAvatar person={me} size={32} />
      <div className={classes.content}>
        <MentionInput
          aria-label={t('label')}
          placeholder={t('placeholder')}
          value={text}
          onChange={setText}
          onPick={(person) => setPicked((old) => [...old, person])}
          onSubmit={send}
        />
        {add.isError && (
          <Text size="sm" c="var(--mantine-color-error)" mt={6} role="alert">
            {t('failed')} {messageOf(add.error)}
          </Text>
        )}
        <Group gap="sm" mt="xs" justify="flex-end">
          <Text size="xs" c="dimmed" visibleFrom="sm">
            {t('sendHint')}
          </Text>
          <Button size="sm" onClick={send} loading={add.isPending} disabled={!text.trim()}>
            {t('send')}
          </Button>
        </Group>
      </div>
    </div>
  )
}
