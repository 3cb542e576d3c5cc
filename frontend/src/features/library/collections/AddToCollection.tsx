import { Button, Checkbox, Modal, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listCollectionsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { ErrorState, PendingRows } from '@/shared/ui/States'
import { usePutInCollection } from './api'
import { CollectionDialog } from './CollectionDialog'

interface AddToCollectionProps {
  resource: { id: string; title: string }
  onClose: () => void
}

/** In which collections a resource is, to be ticked. */
export function AddToCollection({ resource, onClose }: AddToCollectionProps) {
  const { t } = useTranslation('library')
  const { t: tc } = useTranslation()
  const [isMaking, setMaking] = useState(false)
  const list = useQuery(listCollectionsOptions({ query: { resource: resource.id } }))
  const put = usePutInCollection()
  if (isMaking) return <CollectionDialog resourceIds={[resource.id]} onClose={onClose} />
  const choices = list.data?.items.filter((c) => c.kind === 'hand' && c.may_edit) ?? []
  const waiting = put.isPending ? put.variables : undefined
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('collections.add')}
      closeButtonProps={{ 'aria-label': tc('action.close') }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {resource.title}
        </Text>
        {list.isPending && <PendingRows rows={3} />}
        {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
        {choices.map((c) => (
          <Checkbox
            key={c.id}
            label={c.title}
            description={t('collections.count', { count: c.count })}
            checked={waiting?.id === c.id ? waiting.isIn : c.contains}
            onChange={(event) => put.mutate({ id: c.id, resource: resource.id, isIn: event.currentTarget.checked })}
          />
        ))}
        {list.isSuccess && choices.length === 0 && <Text size="sm">{t('collections.noneByHand')}</Text>}
        <Button variant="default" onClick={() => setMaking(true)}>
          {t('collections.new')}
        </Button>
      </Stack>
    </Modal>
  )
}
