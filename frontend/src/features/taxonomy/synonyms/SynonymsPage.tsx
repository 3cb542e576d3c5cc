import '../i18n'
import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconArrowRight, IconArrowsLeftRight, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listSynonymsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { SynonymEntry } from '@/shared/api/generated/types.gen'
import { timeAgo } from '@/shared/lib/format'
import { useMe } from '@/shared/session/session'
import { LinkAnchor } from '@/shared/ui/links'
import { PageHeader } from '@/shared/ui/PageHeader'
import { EmptyState, ErrorState, SkeletonList } from '@/shared/ui/States'
import { toast } from '@/shared/ui/toast'
import { useAddSynonyms, useDeleteSynonyms } from './api'
import classes from './Synonyms.module.css'
import { TryQuery } from './TryQuery'

const SynonymsDialog = lazy(() => import('./SynonymsDialog').then((m) => ({ default: m.SynonymsDialog })))

/** Words that stand for each other in searches, beside those that are built in. */
export function SynonymsPage() {
  const { t } = useTranslation('taxonomy')
  const { t: tc } = useTranslation()
  const me = useMe()
  const mayEdit = me.lead || me.admin
  const list = useQuery(listSynonymsOptions())
  const [words, setWords] = useState('')
  const [open, setOpen] = useState<SynonymEntry | 'new'>()
  // here, because the row is gone by the time that it is deleted
  const remove = useDeleteSynonyms()
  const add = useAddSynonyms()
  const handleDelete = ({ id, kind, words: deleted, finds }: SynonymEntry) =>
    remove.mutate(
      { path: { id } },
      {
        onError: toast.error,
        onSuccess: () =>
          toast.undo({
            message: t('synonyms.deleted'),
            onUndo: () => add.mutate({ body: { kind, words: deleted, finds } }, { onError: toast.error }),
          }),
      },
    )
  const all = list.data?.items ?? []
  const looked = words.trim().toLowerCase()
  const fitting = all.filter((x) => [...x.words, ...(x.finds ?? [])].some((w) => w.toLowerCase().includes(looked)))
  return (
    <>
      <PageHeader
        title={t('synonyms.title')}
        lead={t('synonyms.lead')}
        above={<LinkAnchor to="/settings">{tc('nav.profile')}</LinkAnchor>}
      >
        {mayEdit && <Button onClick={() => setOpen('new')}>{t('synonyms.new')}</Button>}
      </PageHeader>
      <div className={classes.columns}>
        <section aria-label={t('synonyms.list')}>
          {all.length > 8 && (
            <TextInput
              type="search"
              mb={8}
              aria-label={t('synonyms.find')}
              placeholder={t('synonyms.find')}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
          )}
          {list.isPending && <SkeletonList rows={4} height={56} />}
          {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
          {list.isSuccess && all.length === 0 && (
            <EmptyState title={t('synonyms.none')}>{t('synonyms.noneHint')}</EmptyState>
          )}
          {all.length > 0 && fitting.length === 0 && <p className={classes.hint}>{t('noMatch')}</p>}
          <ul className={classes.list}>
            {fitting.map((entry) => (
              <Entry
                key={entry.id}
                entry={entry}
                onOpen={mayEdit ? () => setOpen(entry) : undefined}
                onDelete={() => handleDelete(entry)}
              />
            ))}
          </ul>
        </section>
        <TryQuery />
      </div>
      <Suspense>
        {open && <SynonymsDialog entry={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />}
      </Suspense>
    </>
  )
}

const wordsOf = ({ words, finds }: SynonymEntry) => [words.join(', '), finds?.join(', ')].filter(Boolean).join(' → ')

interface EntryProps {
  entry: SynonymEntry
  onOpen?: () => void
  onDelete: () => void
}

function Entry({ entry, onOpen, onDelete }: EntryProps) {
  const { t } = useTranslation('taxonomy')
  const { kind, by, updated_at: at } = entry
  const Icon = kind === 'group' ? IconArrowsLeftRight : IconArrowRight
  const body = (
    <>
      <span className={classes.words}>{wordsOf(entry)}</span>
      <span className={classes.hint}>
        {t(`synonyms.kind.${kind}`)} · {t('changes.by', { name: by?.name ?? t('changes.somebody'), ago: timeAgo(at) })}
      </span>
    </>
  )
  return (
    <li className={classes.row}>
      <Icon size={18} className={classes.icon} aria-hidden />
      {onOpen ? (
        <button type="button" className={classes.open} onClick={onOpen}>
          {body}
        </button>
      ) : (
        <div className={classes.open}>{body}</div>
      )}
      {onOpen && (
        <ActionIcon
          variant="subtle"
          color="gray"
          className={classes.delete}
          aria-label={t('synonyms.delete', { words: wordsOf(entry) })}
          onClick={onDelete}
        >
          <IconTrash size={17} stroke={1.7} />
        </ActionIcon>
      )}
    </li>
  )
}
