import { Button, Modal, Stack, Text } from '@mantine/core'
import { IconCheck, IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listResourcesOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { CollectionPage } from '@/shared/api/generated/types.gen'
import { contentTypeLabel } from '@/shared/lib/contentType'
import { SearchInput } from '@/shared/ui/SearchInput'
import { ErrorState, PendingRows } from '@/shared/ui/States'
import { usePutInCollection } from './api'
import classes from './CollectionPage.module.css'

/** Finds resources by their words and puts them at the end. */
export function AddResources({ collection, onClose }: { collection: CollectionPage; onClose: () => void }) {
  const { t } = useTranslation('library')
  const { t: tc } = useTranslation()
  const [q, setQ] = useState('')
  const found = useQuery({
    ...listResourcesOptions({ query: { q: q || undefined, limit: 10 } }),
    placeholderData: keepPreviousData,
  })
  const put = usePutInCollection()
  const has = new Set(collection.sections.flatMap((s) => s.resources.map((r) => r.id)))
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('collections.addResources')}
      closeButtonProps={{ 'aria-label': tc('action.close') }}
    >
      <Stack>
        <SearchInput label={t('search')} value={q} onChange={setQ} />
        {found.isPending && <PendingRows rows={4} />}
        {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
        {found.data?.items.length === 0 && <Text size="sm">{t('none.filters')}</Text>}
        <ul className={classes.found}>
          {found.data?.items.map((resource) => (
            <li key={resource.id}>
              <span>
                <strong>{resource.title}</strong>
                <span className={classes.small}>{contentTypeLabel(resource.content_type)}</span>
              </span>
              <Button
                size="compact-sm"
                variant="default"
                disabled={has.has(resource.id)}
                loading={put.isPending && put.variables.resource === resource.id}
                leftSection={has.has(resource.id) ? <IconCheck size={14} /> : <IconPlus size={14} />}
                aria-label={t('collections.addOne', { title: resource.title })}
                onClick={() => put.mutate({ id: collection.id, resource: resource.id, isIn: true })}
              >
                {has.has(resource.id) ? t('collections.isIn') : t('collections.put')}
              </Button>
            </li>
          ))}
        </ul>
      </Stack>
    </Modal>
  )
}
