import { Modal } from '@mantine/core'
import type { Asset } from '@/shared/api/generated/types.gen'
import { ZoomPicture } from './viewer/ZoomPicture'

interface PictureDialogProps {
  asset: Asset
  source: string
  onClose: () => void
}

/** The picture as large as the window, and larger. */
export function PictureDialog({ asset, source, onClose }: PictureDialogProps) {
  const name = asset.caption || asset.name
  return (
    <Modal opened onClose={onClose} size="auto" title={name}>
      <ZoomPicture source={source} name={name} />
    </Modal>
  )
}
