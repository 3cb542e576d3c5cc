import { Stack, Text } from '@mantine/core'
import { type UseQueryResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { addDraftAsset, removeDraftAsset } from '@/shared/api/generated/sdk.gen'
import type { Asset, Draft, ListDraftAssetsResponse } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { AssetCard } from '@/shared/files/AssetCard'
import { DropArea } from '@/shared/files/DropArea'
import { useMe } from '@/shared/session/session'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import { toast } from '@/shared/ui/toast'
import { startUpload } from '@/shared/uploads/uploads'

interface FilesTabProps {
  draft: Draft
  files: UseQueryResult<ListDraftAssetsResponse, unknown>
}

export function FilesTab({ draft, files }: FilesTabProps) {
  const { t } = useTranslation('drafts')
  const me = useMe()
  const queryClient = useQueryClient()
  const canEdit = draft.allowed.includes('edit')
  const items = files.data?.items ?? []
  const refresh = () => invalidate(queryClient, 'listDraftAssets', 'getDraft', 'listApprovals', 'getTimeline')
  const putBack = useMutation({
    mutationFn: (asset: Asset) =>
      addDraftAsset({ path: { id: draft.id, asset_id: asset.id }, body: { caption: asset.caption || undefined } }),
    onError: (error) => toast.error(error),
    onSettled: refresh,
  })
  const remove = useMutation({
    mutationFn: (asset: Asset) => removeDraftAsset({ path: { id: draft.id, asset_id: asset.id } }),
    onError: (error) => toast.error(error),
    onSuccess: (_answer, asset) => {
      const message = t('files.removed', { name: asset.name })
      if (asset.state === 'refused') toast.success(message)
      else toast.undo({ message, onUndo: () => putBack.mutate(asset) })
    },
    onSettled: refresh,
  })
  const handleFiles = (chosen: File[]) => {
    for (const file of chosen) startUpload(file, { userId: me.id, target: { type: 'draft', id: draft.id } })
  }

  if (files.isPending) return <SkeletonList rows={3} height={76} />
  if (files.isError && !files.data) return <ErrorState error={files.error} onRetry={() => void files.refetch()} />
  const list = items.map((asset) => (
    <AssetCard key={asset.id} asset={asset} onRemove={canEdit ? () => remove.mutate(asset) : undefined} />
  ))
  if (!canEdit) return items.length > 0 ? <Stack gap="sm">{list}</Stack> : <Text c="dimmed">{t('files.readOnly')}</Text>
  return (
    <DropArea label={t('files.choose')} hint={t('files.hint')} onFiles={handleFiles}>
      <Stack gap="sm" mt="md">
        {list}
        {items.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('files.empty')}. {t('files.emptyHint')}
          </Text>
        )}
      </Stack>
    </DropArea>
  )
}
