import './i18n'
import { ActionIcon, Loader } from '@mantine/core'
import {
  IconDownload,
  IconFileText,
  IconFileTypePdf,
  IconMusic,
  IconPhoto,
  IconPresentation,
  IconTable,
  IconVideo,
  IconX,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Asset } from '@/shared/api/generated/types.gen'
import { formatBytes } from '@/shared/lib/format'
import { StateBadge } from '@/shared/ui/StateBadge'
import { Tip } from '@/shared/ui/Tip'
import classes from './AssetCard.module.css'

const icons: Record<string, typeof IconFileText> = {
  pdf: IconFileTypePdf,
  image: IconPhoto,
  video: IconVideo,
  audio: IconMusic,
  deck: IconPresentation,
  spreadsheet: IconTable,
}

interface AssetCardProps {
  asset: Asset
  /** Shows a button that takes it off what it belongs to. */
  onRemove?: () => void
}

/** A file: picture, name, facts, and how it stands. */
export function AssetCard({ asset, onRemove }: AssetCardProps) {
  const { t } = useTranslation('files')
  const { name, state, kind } = asset
  const isWaiting = state === 'processing' || state === 'uploading'
  const facts = [
    kind && t(`kind.${kind as 'pdf'}`, { defaultValue: kind }),
    formatBytes(asset.size),
    asset.pages > 0 && !['captions', 'spreadsheet'].includes(kind) && t('pages', { count: asset.pages }),
    asset.duration_ms > 0 && lengthOf(asset.duration_ms),
    asset.width > 0 && kind === 'image' && `${asset.width} × ${asset.height}`,
  ].filter(Boolean)
  return (
    <div className={classes.card} data-state={state}>
      <Preview asset={asset} />
      <div className={classes.words}>
        {asset.download_url ? (
          <a
            className={classes.name}
            href={`${asset.download_url}?inline=true`}
            target="_blank"
            rel="noreferrer"
            title={name}
          >
            {name}
          </a>
        ) : (
          <span className={classes.name} title={name}>
            {name}
          </span>
        )}
        <span className={classes.facts}>{isWaiting ? t('processing') : facts.join(' · ')}</span>
        {(state === 'refused' || state === 'limited') && (
          <span className={classes.reason}>
            <StateBadge state={state} /> {asset.explanation}
          </span>
        )}
        {asset.caption && <span className={classes.facts}>{asset.caption}</span>}
      </div>
      <span className={classes.buttons}>
        {asset.download_url && (
          <Tip label={t('download', { name })}>
            <ActionIcon component="a" href={asset.download_url} size={34} aria-label={t('download', { name })}>
              <IconDownload size={17} />
            </ActionIcon>
          </Tip>
        )}
        {onRemove && (
          <Tip label={t('remove', { name })}>
            <ActionIcon size={34} aria-label={t('remove', { name })} onClick={onRemove}>
              <IconX size={17} />
            </ActionIcon>
          </Tip>
        )}
      </span>
    </div>
  )
}

function Preview({ asset }: { asset: Asset }) {
  const [isBroken, setBroken] = useState(false)
  const Icon = icons[asset.kind] ?? IconFileText
  const isWaiting = asset.state === 'processing' || asset.state === 'uploading'
  return (
    <span className={classes.preview} aria-hidden>
      {isWaiting && <Loader size={18} />}
      {!isWaiting && asset.preview_url && !isBroken && (
        <img src={asset.preview_url} alt="" loading="lazy" onError={() => setBroken(true)} />
      )}
      {!isWaiting && (!asset.preview_url || isBroken) && <Icon size={24} stroke={1.5} />}
    </span>
  )
}

/** 63,000 ms -> "1:03". */
function lengthOf(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
