import { addDraftAsset } from '@/shared/api/generated/sdk.gen'

/** What a file belongs to as soon as it has arrived, wherever its owner is by then. */
export interface UploadTarget {
  type: 'draft'
  id: string
}

export async function attach(assetId: string, target: UploadTarget): Promise<void> {
  await addDraftAsset({ path: { id: target.id, asset_id: assetId }, body: {} })
}
