import '@/shared/insights/i18n'
import { Button, Modal, Select, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listHoldersOptions, listResourcesOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Holder, Resource } from '@/shared/api/generated/types.gen'
import { timeAgo } from '@/shared/lib/format'
import { DialogFoot } from '@/shared/ui/DialogFoot'
import { FormProblem } from '@/shared/ui/FormProblem'
import { useReplace } from './api'
import classes from './ReplaceDialog.module.css'

interface ReplaceDialogProps {
  resource: Resource
  /** What is chosen to begin with. */
  next?: { id: string; title: string }
  onClose: () => void
}

/** Takes a resource out of use for another one, and shows first who still holds it. */
export function ReplaceDialog({ resource, next: first, onClose }: ReplaceDialogProps) {
  const { t } = useTranslation('library')
  const { t: tc } = useTranslation()
  const [next, setNext] = useState<string | null>(first?.id ?? null)
  const [words, setWords] = useState(first?.title ?? '')
  const q = words.trim()
  const choices = useQuery(listResourcesOptions({ query: { q: q || undefined, limit: 30 } }))
  const [known, setKnown] = useState(first && { value: first.id, label: first.title })
  const data = (choices.data?.items ?? [])
    .filter((r) => r.id !== resource.id && r.state !== 'archived' && r.state !== 'expired')
    .map((r) => ({ value: r.id, label: r.title }))
  const all = known && !data.some((d) => d.value === known.value) ? [known, ...data] : data
  const replace = useReplace()
  const handleSubmit = () =>
    next && replace.mutate({ path: { id: resource.id }, body: { successor_id: next } }, { onSuccess: onClose })
  return (
    <Modal opened onClose={onClose} title={t('replace.title')} closeButtonProps={{ 'aria-label': tc('action.close') }}>
      <Stack>
        <Text size="sm">{t('replace.hint')}</Text>
        <Select
          label={t('replace.by')}
          data-autofocus
          searchable
          data={all}
          value={next}
          searchValue={words}
          onSearchChange={setWords}
          filter={({ options }) => options}
          onChange={(id) => {
            setNext(id)
            setKnown(all.find((d) => d.value === id))
          }}
          nothingFoundMessage={choices.isFetching ? tc('loading') : t('replace.none')}
        />
        <Holders id={resource.id} />
        <FormProblem error={replace.error} />
        <DialogFoot>
          <Button variant="default" onClick={onClose}>
            {tc('action.cancel')}
          </Button>
          <Button disabled={!next} loading={replace.isPending} onClick={handleSubmit}>
            {t('replace.submit')}
          </Button>
        </DialogFoot>
      </Stack>
    </Modal>
  )
}

/** Everybody who still holds it, whoever shared it. */
export function Holders({ id }: { id: string }) {
  const { t } = useTranslation('library')
  const { t: tn } = useTranslation('numbers')
  const { data } = useQuery(listHoldersOptions({ path: { id } }))
  if (!data) return null
  const nameOf = (h: Holder) =>
    h.kind === 'share'
      ? [h.name, h.organisation].filter(Boolean).join(', ')
      : t('holders.post', { network: tn(`network.${h.name as 'x'}`, { defaultValue: h.name }) })
  return (
    <section aria-label={t('holders.title')}>
      <h2 className={classes.holders}>{t('holders.title')}</h2>
      {data.items.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('holders.none')}
        </Text>
      )}
      <ul className={classes.lines}>
        {data.items.map((h) => (
          <li key={h.id}>
            {nameOf(h)}
            <span className={classes.small}>
              {[
                t('holders.by', { name: h.owner.name, ago: timeAgo(h.since) }),
                h.kind === 'post' && t('holders.clicks', { count: h.clicks }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
