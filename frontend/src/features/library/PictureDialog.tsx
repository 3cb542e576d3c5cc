import { Modal } from '@mantine/core'
import type { Asset } from '@/shared/api/generated/types.gen'
import classes from './PictureDialog.module.css'

interface PictureDialogProps {
  asset: Asset
  source: string
  onClose: () => void
}

/** The picture as large as the window. */
export function PictureDialog({ asset, source, onClose }: PictureDialogProps) {
  const name = asset.caption || asset.name
  return (
    <Modal opened onClose={onClose} size="auto" title={name}>
      <img className={classes.large} src={source} alt={name} />
    </Modal>
  )
}
