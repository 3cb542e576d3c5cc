import '../i18n'
import { Button } from '@mantine/core'
import { IconStack2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listCollectionsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Collection } from '@/shared/api/generated/types.gen'
import { useMe } from '@/shared/session/session'
import { LinkAnchor } from '@/shared/ui/links'
import { PageHeader } from '@/shared/ui/PageHeader'
import { EmptyState, ErrorState, SkeletonList } from '@/shared/ui/States'
import classes from './Collections.module.css'
import { Cover } from './Cover'
import { mayMake } from './rule'

const CollectionDialog = lazy(() => import('./CollectionDialog').then((m) => ({ default: m.CollectionDialog })))

export function CollectionsPage() {
  const { t } = useTranslation('library')
  const me = useMe()
  const navigate = useNavigate()
  const [isMaking, setMaking] = useState(false)
  const list = useQuery(listCollectionsOptions({ query: {} }))
  const make = mayMake(me) && <Button onClick={() => setMaking(true)}>{t('collections.new')}</Button>
  return (
    <>
      <PageHeader
        title={t('collections.title')}
        lead={t('collections.lead')}
        above={<LinkAnchor to="/library">{t('title')}</LinkAnchor>}
      >
        {make}
      </PageHeader>
      {list.isPending && <SkeletonList height={180} rows={3} />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && (
        <EmptyState icon={<IconStack2 size={28} stroke={1.5} />} title={t('collections.none')}>
          {mayMake(me) ? t('collections.noneHint') : t('collections.noneRep')}
        </EmptyState>
      )}
      <ul className={classes.grid}>
        {list.data?.items.map((collection) => (
          <li key={collection.id}>
            <CollectionCard collection={collection} />
          </li>
        ))}
      </ul>
      <Suspense>
        {isMaking && (
          <CollectionDialog
            onClose={() => setMaking(false)}
            onMade={({ id }) =>
              void navigate({ to: '/library/collections/$collectionId', params: { collectionId: id } })
            }
          />
        )}
      </Suspense>
    </>
  )
}

function CollectionCard({ collection }: { collection: Collection }) {
  const { t } = useTranslation('library')
  return (
    <article className={classes.card}>
      <Cover collection={collection} />
      <div className={classes.words}>
        <h2 className={classes.title}>
          <Link
            to="/library/collections/$collectionId"
            params={{ collectionId: collection.id }}
            className={classes.link}
          >
            {collection.title}
          </Link>
        </h2>
        <p className={classes.facts}>
          {[
            t('collections.count', { count: collection.count }),
            collection.kind === 'rule' && t('collections.byRule'),
            collection.shared !== 'everybody' && t(`collections.sharedWith.${collection.shared}`),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {collection.summary && <p className={classes.facts}>{collection.summary}</p>}
      </div>
    </article>
  )
}
