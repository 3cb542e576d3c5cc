import './i18n'
import { Button, NumberInput, Rating, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listFeedbackOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Resource } from '@/shared/api/generated/types.gen'
import { toast } from '@/shared/ui/toast'
import { useFeedback } from './api'
import classes from './Feedback.module.css'
import { FeedbackLine } from './FeedbackLine'

/** What people who use a resource say about it: wrong here, how good, what the buyer said; and the answers. */
export function FeedbackSection({ resource }: { resource: Resource }) {
  const { t } = useTranslation('feedback')
  const { data } = useQuery(listFeedbackOptions({ path: { id: resource.id } }))
  const { give, remove } = useFeedback()
  const [kind, setKind] = useState<'wrong' | 'used'>()
  if (!data) return null
  const rate = (rating: number) =>
    give.mutate(
      { path: { id: resource.id }, body: { kind: 'rating', rating } },
      { onSuccess: () => toast.success(t('rated')) },
    )
  return (
    <>
      <div className={classes.head}>
        <Rating
          className={classes.rating}
          size={24}
          aria-label={t('mine')}
          getSymbolLabel={(value) => t('stars', { count: value })}
          value={data.mine ?? 0}
          readOnly={give.isPending}
          onChange={rate}
        />
        <span className={classes.sum}>
          {data.ratings === 0 ? t('unrated') : t('average', { average: data.average.toFixed(1), count: data.ratings })}
        </span>
        {data.mine_id && (
          <Button
            size="compact-sm"
            variant="subtle"
            loading={remove.isPending}
            onClick={() => remove.mutate({ path: { id: data.mine_id ?? '' } })}
          >
            {t('unrate')}
          </Button>
        )}
      </div>
      <div className={classes.head}>
        <Button size="compact-sm" variant="default" aria-expanded={kind === 'wrong'} onClick={() => setKind('wrong')}>
          {t('wrong')}
        </Button>
        <Button size="compact-sm" variant="default" aria-expanded={kind === 'used'} onClick={() => setKind('used')}>
          {t('used')}
        </Button>
      </div>
      {kind && <FeedbackForm key={kind} resource={resource} kind={kind} onClose={() => setKind(undefined)} />}
      <ul className={classes.list}>
        {data.items.map((item) => (
          <FeedbackLine key={item.id} item={item} version={resource.version} />
        ))}
      </ul>
    </>
  )
}

interface FeedbackFormProps {
  resource: Resource
  kind: 'wrong' | 'used'
  onClose: () => void
}

function FeedbackForm({ resource, kind, onClose }: FeedbackFormProps) {
  const { t } = useTranslation('feedback')
  const { t: tc } = useTranslation()
  const { give } = useFeedback()
  const [body, setBody] = useState('')
  const [page, setPage] = useState<number | string>('')
  const boxRef = useRef<HTMLTextAreaElement>(null)
  useEffect(() => boxRef.current?.focus(), [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    give.mutate(
      { path: { id: resource.id }, body: { kind, body, page: typeof page === 'number' ? page : undefined } },
      {
        onSuccess: () => {
          toast.success(t(`sent.${kind}`))
          onClose()
        },
      },
    )
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <Textarea
        label={t(`ask.${kind}`)}
        required
        maxLength={2000}
        autosize
        minRows={2}
        ref={boxRef}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      {kind === 'wrong' && resource.file_pages > 1 && (
        <NumberInput
          label={t('page')}
          min={1}
          max={resource.file_pages}
          allowDecimal={false}
          w={140}
          value={page}
          onChange={setPage}
        />
      )}
      <div className={classes.head}>
        <Button type="submit" loading={give.isPending} disabled={!body.trim()}>
          {t('send')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {tc('action.cancel')}
        </Button>
      </div>
    </form>
  )
}
