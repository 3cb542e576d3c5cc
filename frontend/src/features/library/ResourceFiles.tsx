import { Button, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBook, IconTable } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Asset } from '@/shared/api/generated/types.gen'
import { AssetCard } from '@/shared/files/AssetCard'
import { SkeletonList } from '@/shared/ui/States'
import classes from './ResourceFiles.module.css'
import { SharePlace } from './sharePlace'
import { mediaOf } from './viewer/captions'

const PictureDialog = lazy(() => import('./PictureDialog').then((m) => ({ default: m.PictureDialog })))
const FileReader = lazy(() => import('./FileReader').then((m) => ({ default: m.FileReader })))
const PageViewer = lazy(() => import('./viewer/PageViewer').then((m) => ({ default: m.PageViewer })))
const MediaViewer = lazy(() => import('./viewer/MediaViewer').then((m) => ({ default: m.MediaViewer })))
const TableViewer = lazy(() => import('./viewer/TableViewer').then((m) => ({ default: m.TableViewer })))

export interface Place {
  file?: string
  page?: number
  mark?: string
  /** Second of a film or a sound. */
  t?: number
}

interface ResourceFilesProps {
  assets: Asset[]
  /** Whether the reader may have the files themselves. */
  canKeep: boolean
  place: Place
  onPlaceChange: (place: Place) => void
  /** Shares them outside, opened at a page; absent where that may not be. */
  onShare?: (asset: string, page: number) => void
  /** The files are all there is: the first one is open. */
  isOnly: boolean
}

/** What is opened by a press, because it is long. */
const isBook = (a: Asset) => ['pages', 'text', 'table'].includes(a.viewer) || (a.viewer === 'captions' && a.pages > 0)

/** The files of a resource: each to be read, seen or heard in place, and to be downloaded. */
export function ResourceFiles({ assets, canKeep, place, onPlaceChange, onShare, isOnly }: ResourceFilesProps) {
  const media = mediaOf(assets)
  // captions are shown with what they belong to
  const beside = new Set(media.flatMap((m) => [...m.captions, ...(m.chapters ? [m.chapters] : [])].map((a) => a.id)))
  const books = assets.filter((a) => isBook(a) && !beside.has(a.id))
  const target = place.page ? (books.find((a) => a.id === place.file) ?? books[0]) : undefined
  const said = [place.t, place.mark].some((v) => v !== undefined)
    ? (media.find((m) => m.captions.some((c) => c.id === place.file) || m.asset.id === place.file) ??
      (place.t === undefined ? undefined : media[0]))
    : undefined
  // whose page the address names because its reader turned it: nothing leads there, so nothing is brought into view
  const turned = useRef<string>(undefined)
  const read = useRef(new Map<string, number>()) // where one is in the others
  return (
    <div className={classes.files}>
      {assets.map((asset) => {
        const medium = media.find((m) => m.asset === asset)
        return (
          <div key={asset.id} className={classes.file} data-file>
            {medium && (
              <Suspense fallback={<div className={classes[asset.viewer === 'video' ? 'videoShape' : 'audioShape']} />}>
                <MediaViewer
                  {...medium}
                  second={said === medium ? place.t : undefined}
                  mark={said === medium ? place.mark : undefined}
                  isTarget={said === medium && place.t !== undefined}
                />
              </Suspense>
            )}
            {asset.viewer === 'picture' && <Picture asset={asset} />}
            <AssetCard asset={canKeep ? asset : { ...asset, download_url: '' }} />
            {asset.state === 'ready' && asset.viewer === 'none' && <p className={classes.why}>{asset.view_note}</p>}
            {books.includes(asset) && (
              <SharePlace value={onShare && ((page) => onShare(asset.id, page))}>
                <Book
                  asset={asset}
                  canPrint={canKeep}
                  isOpenAtFirst={isOnly && asset === books[0]}
                  isTarget={target === asset && turned.current !== asset.id}
                  page={(target === asset ? place.page : read.current.get(asset.id)) ?? 1}
                  mark={place.mark}
                  onPageChange={(page) => {
                    turned.current = asset.id
                    read.current.set(asset.id, page)
                    onPlaceChange({ ...place, file: asset.id, page })
                  }}
                />
              </SharePlace>
            )}
          </div>
        )
      })}
    </div>
  )
}

interface BookProps {
  asset: Asset
  isOpenAtFirst: boolean
  isTarget: boolean
  canPrint: boolean
  page: number
  mark?: string
  onPageChange: (page: number) => void
}

function Book({ asset, canPrint, isOpenAtFirst, ...place }: BookProps) {
  const { t } = useTranslation('library')
  const { isTarget } = place
  const [isOpen, setOpen] = useState(isOpenAtFirst || isTarget)
  useEffect(() => {
    if (isTarget) setOpen(true) // a link on the same page leads here
  }, [isTarget])
  const isTable = asset.viewer === 'table'
  if (isOpen) {
    let viewer: ReactNode = <FileReader asset={asset} {...place} />
    if (asset.viewer === 'pages') viewer = <PageViewer asset={asset} canPrint={canPrint} {...place} />
    if (isTable) viewer = <TableViewer asset={asset} />
    return <Suspense fallback={<ReaderShape />}>{viewer}</Suspense>
  }
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      mt={6}
      leftSection={isTable ? <IconTable size={15} stroke={1.7} /> : <IconBook size={15} stroke={1.7} />}
      onClick={() => setOpen(true)}
    >
      {t(isTable ? 'table.open' : 'reader.open')}
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

/** A picture in place, from the storage's own address. */
function Picture({ asset }: { asset: Asset }) {
  const { t } = useTranslation('library')
  const [isOpen, { open, close }] = useDisclosure()
  const source = `${asset.download_url}?inline=true`
  return (
    <>
      <UnstyledButton
        className={classes.picture}
        aria-label={t('picture.enlarge', { name: asset.name })}
        onClick={open}
      >
        <img src={asset.preview_url || source} alt={asset.caption || asset.name} />
      </UnstyledButton>
      <Suspense>{isOpen && <PictureDialog asset={asset} source={source} onClose={close} />}</Suspense>
    </>
  )
}
