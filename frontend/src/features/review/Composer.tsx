import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { type FormEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Review } from '@/shared/api/generated/types.gen'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import classes from './Review.module.css'
import type { ReviewWrites } from './useReview'
import type { Writing, WrittenPlace } from './useWriting'

interface ComposerProps {
  token: string
  review: Review
  writing: Writing
  place: WrittenPlace
  writes: ReviewWrites
  onSent: (thread: string) => void
}

/** A comment on marked words; the first time with the name of who writes it. What was typed stays until it has arrived. */
export function Composer({ token, review, writing, place, writes, onSent }: ComposerProps) {
  const { t } = useTranslation('outsideReview')
  const { introduce, start } = writes
  const form = useForm({ initialValues: { name: '', organisation: '' } })
  const first = useRef<HTMLDivElement>(null)
  const path = { token }
  const isSending = introduce.isPending || start.isPending
  const error = introduce.error ?? start.error
  useEffect(() => {
    first.current?.querySelector<HTMLElement>('input, textarea')?.focus()
  }, [])

  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault()
    const body = writing.body.trim()
    if (isSending || !body) return
    try {
      if (!review.reviewer) await introduce.mutateAsync({ path, body: form.getValues() })
      const thread = await start.mutateAsync({
        path,
        body: { anchor: { from: place.from, to: place.to, version: place.version }, body },
      })
      writing.end()
      onSent(thread.id)
    } catch (failure) {
      setFieldErrors(form, failure) // the rest is said above the buttons
    }
  }
  return (
    <form className={classes.composer} onSubmit={(event) => void handleSubmit(event)}>
      <Stack gap="sm" ref={first}>
        <blockquote className={classes.quote}>{place.quote}</blockquote>
        {!review.reviewer && (
          <>
            <div className={classes.names}>
              <TextInput
                label={t('composer.name')}
                autoComplete="name"
                maxLength={80}
                required
                {...form.getInputProps('name')}
              />
              <TextInput
                label={t('composer.organisation')}
                autoComplete="organization"
                maxLength={120}
                {...form.getInputProps('organisation')}
              />
            </div>
            <p className={classes.quiet}>{t('composer.who')}</p>
          </>
        )}
        <Textarea
          label={t('composer.label')}
          placeholder={t('composer.placeholder')}
          required
          autosize
          minRows={3}
          maxRows={8}
          maxLength={10_000}
          value={writing.body}
          onChange={(event) => writing.setBody(event.currentTarget.value)}
        />
        <FormProblem error={error} form={form} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={writing.cancel}>
            {t('composer.cancel')}
          </Button>
          <Button type="submit" loading={isSending} disabled={!writing.body.trim()}>
            {t('composer.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
