import '../i18n'
import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconLink, IconPencil, IconPlus, IconShare, IconStack2, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getCollectionOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { CollectionPage as CollectionData } from '@/shared/api/generated/types.gen'
import { LinkAnchor, LinkButton } from '@/shared/ui/links'
import { openShareOf } from '@/shared/ui/overlays'
import { PageHeader } from '@/shared/ui/PageHeader'
import { ToneBadge } from '@/shared/ui/StateBadge'
import { EmptyState, ErrorState, PendingRows } from '@/shared/ui/States'
import { toast } from '@/shared/ui/toast'
import { collectionRoute } from '../routes'
import { useArrange, useDeleteCollection, usePutInCollection } from './api'
import classes from './CollectionPage.module.css'
import { Cover } from './Cover'
import { searchOf } from './rule'
import { Section } from './Section'

const CollectionDialog = lazy(() => import('./CollectionDialog').then((m) => ({ default: m.CollectionDialog })))
const AddResources = lazy(() => import('./AddResources').then((m) => ({ default: m.AddResources })))

export function CollectionPage() {
  const { collectionId } = collectionRoute.useParams()
  const { data, error, refetch } = useQuery(getCollectionOptions({ path: { id: collectionId } }))
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <PendingRows rows={8} />
  return <Content key={data.id} collection={data} />
}

function Content({ collection }: { collection: CollectionData }) {
  const { t } = useTranslation('library')
  const { sections, kind, may_edit } = collection
  const arrange = useArrange(collection.id)
  const put = usePutInCollection()
  const [dialog, setDialog] = useState<'edit' | 'add'>()
  const mayArrange = may_edit && kind === 'hand'
  const addSection = () => arrange([...sections, { title: t('collections.newSection'), resources: [] }])
  const undoable = (next: CollectionData['sections']) => {
    arrange(next)
    const kept = new Set(next.flatMap((s) => s.resources.map((r) => r.id)))
    const lost = sections.flatMap((s) => s.resources).find((r) => !kept.has(r.id))
    if (!lost) return
    toast.undo({
      message: t('collections.takenOut'),
      onUndo: () =>
        void put.mutateAsync({ id: collection.id, resource: lost.id, isIn: true }).then(() => arrange(sections)),
    })
  }
  return (
    <>
      <div className={classes.band}>
        <Cover collection={collection} />
      </div>
      <PageHeader
        title={collection.title}
        lead={collection.summary}
        above={<LinkAnchor to="/library/collections">{t('collections.title')}</LinkAnchor>}
        badge={
          collection.shared !== 'everybody' && (
            <ToneBadge tone="neutral">{t(`collections.sharedWith.${collection.shared}`)}</ToneBadge>
          )
        }
      />
      <p className={classes.small}>
        {t('collections.count', { count: collection.count })} · {t('collections.by', { name: collection.owner.name })}
        {mayArrange && collection.count > 1 && <span className={classes.keys}> · {t('collections.keys')}</span>}
      </p>
      <Actions collection={collection} onOpen={setDialog} onAddSection={mayArrange ? addSection : undefined} />
      {collection.count === 0 && (
        <EmptyState icon={<IconStack2 size={28} stroke={1.5} />} title={t('collections.empty')}>
          {mayArrange && t('collections.emptyHint')}
        </EmptyState>
      )}
      {sections.map((section, at) => (
        <Section
          // biome-ignore lint/suspicious/noArrayIndexKey: headings may be equal, and places are what they are
          key={`${at} ${section.title}`}
          sections={sections}
          at={at}
          mayArrange={mayArrange}
          onChange={undoable}
        />
      ))}
      {kind === 'rule' && collection.count > (sections[0]?.resources.length ?? 0) && (
        <LinkAnchor to="/library" search={searchOf(collection.rule)}>
          {t('collections.rest')}
        </LinkAnchor>
      )}
      <Suspense>
        {dialog === 'edit' && (
          <CollectionDialog
            collection={collection}
            resources={sections.flatMap((s) => s.resources)}
            onClose={() => setDialog(undefined)}
          />
        )}
        {dialog === 'add' && <AddResources collection={collection} onClose={() => setDialog(undefined)} />}
      </Suspense>
    </>
  )
}

interface ActionsProps {
  collection: CollectionData
  onOpen: (dialog: 'edit' | 'add') => void
  onAddSection?: () => void
}

function Actions({ collection, onOpen, onAddSection }: ActionsProps) {
  const { t } = useTranslation('library')
  const navigate = useNavigate()
  const { id, title, sections } = collection
  const all = sections.flatMap((s) => s.resources)
  const leaving = all.filter((r) => r.shareable && (r.state === 'live' || r.state === 'review_due'))
  const remove = useDeleteCollection(() => void navigate({ to: '/library/collections' }))
  return (
    <div className={classes.actions}>
      {leaving.length > 0 && (
        <Button
          leftSection={<IconShare size={16} />}
          onClick={() => openShareOf({ id, title, count: leaving.length, withheld: all.length - leaving.length })}
        >
          {t('share.button')}
        </Button>
      )}
      <CopyButton value={window.location.href}>
        {({ copied, copy }) => (
          <Button
            variant={leaving.length > 0 ? 'default' : 'filled'}
            onClick={copy}
            leftSection={copied ? <IconCheck size={16} /> : <IconLink size={16} />}
          >
            {copied ? t('link.copied') : t('link.copy')}
          </Button>
        )}
      </CopyButton>
      {collection.kind === 'rule' && (
        <LinkButton to="/library" search={searchOf(collection.rule)} variant="default">
          {t('collections.open')}
        </LinkButton>
      )}
      {onAddSection && (
        <>
          <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => onOpen('add')}>
            {t('collections.addResources')}
          </Button>
          <Button variant="default" onClick={onAddSection}>
            {t('collections.addSection')}
          </Button>
        </>
      )}
      {collection.may_edit && (
        <>
          <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => onOpen('edit')}>
            {t('collections.edit')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconTrash size={16} />}
            loading={remove.isPending}
            onClick={() => remove.mutate({ path: { id: collection.id } })}
          >
            {t('collections.delete')}
          </Button>
        </>
      )}
    </div>
  )
}
