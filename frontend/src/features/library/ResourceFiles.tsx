import { Button, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBook } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Asset } from '@/shared/api/generated/types.gen'
import { AssetCard } from '@/shared/files/AssetCard'
import { SkeletonList } from '@/shared/ui/States'
import classes from './ResourceFiles.module.css'

const PictureDialog = lazy(() => import('./PictureDialog').then((m) => ({ default: m.PictureDialog })))
const FileReader = lazy(() => import('./FileReader').then((m) => ({ default: m.FileReader })))

export interface Place {
  file?: string
  page?: number
  mark?: string
}

interface ResourceFilesProps {
  assets: Asset[]
  /** Whether the reader may have the files themselves. */
  canKeep: boolean
  place: Place
  onPlaceChange: (place: Place) => void
  /** The files are all there is: the first one is open. */
  isOnly: boolean
}

/** The files of a resource: each to be read, seen or heard in place, and to be downloaded. */
export function ResourceFiles({ assets, canKeep, place, onPlaceChange, isOnly }: ResourceFilesProps) {
  const readable = assets.filter((a) => a.pages > 0)
  const target = place.page ? (readable.find((a) => a.id === place.file) ?? readable[0]) : undefined
  return (
    <div className={classes.files}>
      {assets.map((asset) => (
        <div key={asset.id}>
          <Media asset={asset} />
          <AssetCard asset={canKeep ? asset : { ...asset, download_url: '' }} />
          {asset.pages > 0 && (
            <Pages
              key={target?.id === asset.id ? 'open' : 'closed'}
              asset={asset}
              isOpenAtFirst={target?.id === asset.id || (isOnly && asset === readable[0])}
              isTarget={target?.id === asset.id}
              page={target?.id === asset.id ? (place.page ?? 1) : 1}
              mark={place.mark}
              onPageChange={(page) => onPlaceChange({ ...place, file: asset.id, page })}
            />
          )}
        </div>
      ))}
    </div>
  )
}

interface PagesProps {
  asset: Asset
  isOpenAtFirst: boolean
  isTarget: boolean
  page: number
  mark?: string
  onPageChange: (page: number) => void
}

function Pages({ asset, isOpenAtFirst, ...place }: PagesProps) {
  const { t } = useTranslation('library')
  const [isOpen, setOpen] = useState(isOpenAtFirst)
  if (isOpen) {
    return (
      <Suspense fallback={<ReaderShape />}>
        <FileReader asset={asset} {...place} />
      </Suspense>
    )
  }
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      mt={6}
      leftSection={<IconBook size={15} stroke={1.7} />}
      onClick={() => setOpen(true)}
    >
      {t('reader.open')}
    </Button>
  )
}

/** The reader before its pages have come. */
function ReaderShape() {
  return (
    <div className={classes.readerShape}>
      <div className={classes.barShape} />
      <SkeletonList rows={5} height={18} />
    </div>
  )
}

/** Pictures, films and sound in place, from the storage's own address. */
function Media({ asset }: { asset: Asset }) {
  const { t } = useTranslation('library')
  const [isOpen, { open, close }] = useDisclosure()
  if (asset.state !== 'ready') return null
  const source = `${asset.download_url}?inline=true`
  if (asset.kind === 'video') {
    // biome-ignore lint/a11y/useMediaCaption: nobody has written captions for it
    return <video className={classes.video} controls preload="metadata" src={source} aria-label={asset.name} />
  }
  if (asset.kind === 'audio') {
    // biome-ignore lint/a11y/useMediaCaption: nobody has written captions for it
    return <audio className={classes.audio} controls preload="metadata" src={source} aria-label={asset.name} />
  }
  if (asset.kind !== 'image' || !asset.preview_url) return null
  return (
    <>
      <UnstyledButton
        className={classes.picture}
        aria-label={t('picture.enlarge', { name: asset.name })}
        onClick={open}
      >
        <img src={asset.preview_url} alt={asset.caption || asset.name} />
      </UnstyledButton>
      <Suspense>{isOpen && <PictureDialog asset={asset} source={source} onClose={close} />}</Suspense>
    </>
  )
}
