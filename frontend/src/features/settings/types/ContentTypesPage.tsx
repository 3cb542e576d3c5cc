import '../i18n'
import { ActionIcon, Button } from '@mantine/core'
import { IconArchive, IconArrowDown, IconArrowUp, IconDots, IconRestore } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ifMatch } from '@/shared/api/client'
import type { ContentType } from '@/shared/api/generated/types.gen'
import { contentTypeIcon } from '@/shared/lib/contentType'
import { contentTypesOptions } from '@/shared/lib/useContentTypes'
import { useMe } from '@/shared/session/session'
import { ActionMenu } from '@/shared/ui/ActionMenu'
import { PageHeader } from '@/shared/ui/PageHeader'
import { ToneBadge } from '@/shared/ui/StateBadge'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import { toast } from '@/shared/ui/toast'
import { useArchiveType, useArrangeTypes } from './api'
import classes from './ContentTypes.module.css'

const TypeDialog = lazy(() => import('./TypeDialog').then((m) => ({ default: m.TypeDialog })))

/** The types of content, in the order in which they are offered. */
export function ContentTypesPage() {
  const { t } = useTranslation('settings')
  const me = useMe()
  const mayEdit = me.admin || (me.lead && me.side === 'marketing')
  const { data, error, isPending, refetch } = useQuery(contentTypesOptions())
  const [open, setOpen] = useState<ContentType | 'new'>()
  const arrange = useArrangeTypes()
  const types = data?.items ?? []
  const offered = types.filter((type) => !type.archived)
  const move = (key: string, by: 1 | -1) => {
    const keys = offered.map((type) => type.key)
    const from = keys.indexOf(key)
    keys.splice(from + by, 0, ...keys.splice(from, 1))
    arrange.mutate({ body: { keys } }, { onError: (e) => toast.error(e) })
  }
  return (
    <>
      <PageHeader title={t('types.title')} lead={t('types.lead')}>
        {mayEdit && <Button onClick={() => setOpen('new')}>{t('types.new')}</Button>}
      </PageHeader>
      {isPending && <SkeletonList />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      <ul className={classes.list}>
        {types.map((type, i) => (
          <TypeRow
            key={type.key}
            type={type}
            mayEdit={mayEdit}
            onOpen={() => setOpen(type)}
            onUp={!type.archived && i > 0 ? () => move(type.key, -1) : undefined}
            onDown={!type.archived && i < offered.length - 1 ? () => move(type.key, 1) : undefined}
          />
        ))}
      </ul>
      <Suspense>
        {open && (
          <TypeDialog
            type={open === 'new' ? undefined : open}
            isReadOnly={!mayEdit}
            onClose={() => setOpen(undefined)}
          />
        )}
      </Suspense>
    </>
  )
}

interface TypeRowProps {
  type: ContentType
  mayEdit: boolean
  onOpen: () => void
  onUp?: () => void
  onDown?: () => void
}

function TypeRow({ type, mayEdit, onOpen, onUp, onDown }: TypeRowProps) {
  const { t } = useTranslation('settings')
  const archive = useArchiveType()
  const { key, name, step_days: days } = type
  const Icon = contentTypeIcon(key)
  const handleArchive = (archived: boolean, rev: number) =>
    archive.mutate(
      { path: { key }, headers: ifMatch(rev), body: { archived } },
      {
        onError: (error) => toast.error(error),
        onSuccess: (after) =>
          archived
            ? toast.undo({ message: t('types.archived', { name }), onUndo: () => handleArchive(false, after.rev) })
            : toast.success(t('types.unarchived', { name })),
      },
    )
  const facts = [
    t('types.days', { count: days.brief + days.writing + days.in_review + days.approved }),
    t('types.items', { count: type.checklist.length }),
    t(`types.modes.${type.approval_mode}`),
    t('types.months', { count: type.review_months }),
  ]
  const actions = [
    onUp && { key: 'up', label: t('types.up', { name }), icon: <IconArrowUp size={16} />, onClick: onUp },
    onDown && { key: 'down', label: t('types.down', { name }), icon: <IconArrowDown size={16} />, onClick: onDown },
    type.archived
      ? {
          key: 'unarchive',
          label: t('types.unarchive'),
          icon: <IconRestore size={16} />,
          onClick: () => handleArchive(false, type.rev),
        }
      : {
          key: 'archive',
          label: t('types.archive'),
          icon: <IconArchive size={16} />,
          onClick: () => handleArchive(true, type.rev),
        },
  ].filter((action) => action !== undefined)
  return (
    <li className={classes.row} data-archived={type.archived || undefined}>
      <Icon size={20} className={classes.icon} aria-hidden />
      <button type="button" className={classes.open} onClick={onOpen}>
        <span className={classes.name}>{name}</span>
        <span className={classes.facts}>{type.description}</span>
        <span className={classes.facts}>{facts.join(' · ')}</span>
      </button>
      {type.archived && <ToneBadge tone="neutral">{t('types.isArchived')}</ToneBadge>}
      {mayEdit && (
        <ActionMenu
          position="bottom-end"
          target={
            <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('types.more', { name })}>
              <IconDots size={17} />
            </ActionIcon>
          }
          actions={actions}
        />
      )}
    </li>
  )
}
