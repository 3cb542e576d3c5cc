import { beginUpload, completeUpload, getAsset, signParts } from '@/shared/api/generated/sdk.gen'
import type { Asset } from '@/shared/api/generated/types.gen'
import { ApiError } from '@/shared/api/problem'
import { i18n } from '@/shared/i18n'

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Waits until the server has looked at the file: at most half a minute. */
async function settled(id: string): Promise<Asset> {
  for (let tries = 0; ; tries++) {
    const { data } = await getAsset({ path: { id } })
    if ((data.state !== 'processing' && data.state !== 'uploading') || tries > 60) return data
    await wait(500)
  }
}

/** Uploads a small file in one go and gives its asset once it is ready; library/ has the one for large files. */
export async function uploadPicture(file: File): Promise<string> {
  const { data: upload } = await beginUpload({
    body: { name: file.name, size: file.size, media_type: file.type || undefined },
  })
  const { id } = upload.asset
  const numbers = Array.from({ length: upload.parts }, (_, i) => i + 1)
  const { data: parts } = await signParts({ path: { id }, body: { numbers } })
  for (const part of parts.items) {
    const start = (part.number - 1) * upload.part_size
    const answer = await fetch(part.url, { method: 'PUT', body: file.slice(start, start + part.length) })
    if (!answer.ok) throw new ApiError({ status: answer.status, code: 'unavailable', detail: i18n.t('error.upload') })
  }
  await completeUpload({ path: { id } })
  const asset = await settled(id)
  if (asset.state !== 'ready') {
    throw new ApiError({ status: 422, code: 'invalid', detail: asset.reason || i18n.t('error.upload') })
  }
  return id
}
