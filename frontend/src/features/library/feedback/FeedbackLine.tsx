import './i18n'
import { Button, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Feedback } from '@/shared/api/generated/types.gen'
import { useMe } from '@/shared/session/session'
import { confirm } from '@/shared/ui/confirm'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { ToneBadge } from '@/shared/ui/StateBadge'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { useFeedback } from './api'
import classes from './Feedback.module.css'

/** One thing that was said, and its answer. */
export function FeedbackLine({ item, version }: { item: Feedback; version: number }) {
  const { t } = useTranslation('feedback')
  const me = useMe()
  const { answer, remove } = useFeedback()
  const [text, setText] = useState<string>()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    answer.mutate(
      { path: { id: item.id }, body: { answer: text ?? '', again: item.answer !== '' } },
      { onSuccess: () => setText(undefined) },
    )
  }
  const takeBack = async () => {
    const isSure = await confirm({
      title: t('removeTitle'),
      body: t('removeBody'),
      confirmLabel: t('remove'),
      isDangerous: true,
    })
    if (isSure) remove.mutate({ path: { id: item.id } })
  }
  return (
    <li>
      <div className={classes.facts}>
        <PersonAvatar person={item.author} size={22} />
        <strong>{item.author.name}</strong>
        <span>{t(`said.${item.kind}`)}</span>
        {item.page && <span>{t('onPage', { page: item.page })}</span>}
        {item.version < version && <span>{t('version', { number: item.version })}</span>}
        <TimeAgo when={item.created_at} />
        {item.open && <ToneBadge tone="amber">{t('open')}</ToneBadge>}
      </div>
      <p className={classes.body}>{item.body}</p>
      {item.answer && (
        <div className={classes.answer}>
          <div className={classes.facts}>
            <strong>{item.answered_by?.name}</strong>
            {item.answered_at && <TimeAgo when={item.answered_at} />}
          </div>
          <p className={classes.body}>{item.answer}</p>
        </div>
      )}
      {text === undefined ? (
        <div className={`${classes.facts} ${classes.said}`}>
          {item.may_answer && (
            <Button size="compact-sm" variant="subtle" onClick={() => setText(item.answer)}>
              {item.answer ? t('change') : t('answer')}
            </Button>
          )}
          {item.author.id === me.id && (
            <Button size="compact-sm" variant="subtle" loading={remove.isPending} onClick={() => void takeBack()}>
              {t('remove')}
            </Button>
          )}
        </div>
      ) : (
        <form className={classes.form} onSubmit={submit}>
          <Textarea
            label={t('answerTo', { name: item.author.name })}
            required
            maxLength={2000}
            autosize
            minRows={2}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" w="fit-content" loading={answer.isPending} disabled={!text.trim()}>
            {t('send')}
          </Button>
        </form>
      )}
    </li>
  )
}
