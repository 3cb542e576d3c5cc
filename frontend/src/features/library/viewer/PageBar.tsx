import { ActionIcon } from '@mantine/core'
import {
  IconAlignLeft,
  IconChevronLeft,
  IconChevronRight,
  IconLayoutSidebar,
  IconMaximize,
  IconMinimize,
  IconMinus,
  IconPlus,
  IconPrinter,
} from '@tabler/icons-react'
import { type ReactNode, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { lazyPart } from '@/shared/lib/lazyPart'
import classes from './PageViewer.module.css'

const ShareHere = lazyPart(() => import('../ShareHere').then((m) => m.ShareHere))

export const zooms = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4]

interface PageBarProps {
  page: number
  total: number
  onGo: (page: number) => void
  zoom: number
  onZoom: (zoom: number) => void
  isFull: boolean
  onFull: () => void
  hasThumbs: boolean
  onThumbs: () => void
  hasText: boolean
  onText: () => void
  /** Left out for those who may not have the file. */
  onPrint?: () => void
  /** The box to find words. */
  children: ReactNode
}

/** The buttons above the pages. */
export function PageBar({ page, total, onGo, zoom, onZoom, children, ...look }: PageBarProps) {
  const { t } = useTranslation('library')
  return (
    <div className={classes.bar} role="toolbar" aria-label={t('viewer.bar')}>
      <ActionIcon
        size={34}
        aria-label={t('viewer.thumbnails')}
        aria-pressed={look.hasThumbs}
        variant={look.hasThumbs ? 'light' : 'subtle'}
        onClick={look.onThumbs}
      >
        <IconLayoutSidebar size={18} />
      </ActionIcon>
      <span className={classes.group}>
        <ActionIcon size={34} aria-label={t('reader.previous')} disabled={page <= 1} onClick={() => onGo(page - 1)}>
          <IconChevronLeft size={18} />
        </ActionIcon>
        <PageNumber page={page} total={total} onGo={onGo} />
        <ActionIcon size={34} aria-label={t('reader.next')} disabled={page >= total} onClick={() => onGo(page + 1)}>
          <IconChevronRight size={18} />
        </ActionIcon>
      </span>
      <span className={classes.group}>
        <ActionIcon
          size={34}
          aria-label={t('viewer.smaller')}
          disabled={zoom <= (zooms[0] ?? 1)}
          onClick={() => onZoom(zooms.findLast((z) => z < zoom) ?? zoom)}
        >
          <IconMinus size={16} />
        </ActionIcon>
        <button type="button" className={classes.zoom} aria-label={t('viewer.fit')} onClick={() => onZoom(1)}>
          {Math.round(zoom * 100)}%
        </button>
        <ActionIcon
          size={34}
          aria-label={t('viewer.larger')}
          disabled={zoom >= (zooms.at(-1) ?? 1)}
          onClick={() => onZoom(zooms.find((z) => z > zoom) ?? zoom)}
        >
          <IconPlus size={16} />
        </ActionIcon>
      </span>
      {children}
      <span className={classes.group}>
        <ActionIcon
          size={34}
          aria-label={t('viewer.text')}
          aria-pressed={look.hasText}
          variant={look.hasText ? 'light' : 'subtle'}
          onClick={look.onText}
        >
          <IconAlignLeft size={18} />
        </ActionIcon>
        <Suspense>
          <ShareHere page={page} />
        </Suspense>
        {look.onPrint && (
          <ActionIcon size={34} className={classes.print} aria-label={t('viewer.print')} onClick={look.onPrint}>
            <IconPrinter size={18} />
          </ActionIcon>
        )}
        <ActionIcon size={34} aria-label={t(look.isFull ? 'viewer.leaveFull' : 'viewer.full')} onClick={look.onFull}>
          {look.isFull ? <IconMinimize size={18} /> : <IconMaximize size={18} />}
        </ActionIcon>
      </span>
    </div>
  )
}

/** The number of the page; one can type another. */
function PageNumber({ page, total, onGo }: Pick<PageBarProps, 'page' | 'total' | 'onGo'>) {
  const { t } = useTranslation('library')
  const [typed, setTyped] = useState<string>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page takes the place of what was typed
  useEffect(() => setTyped(undefined), [page])
  const go = () => {
    const wanted = Number(typed)
    setTyped(undefined)
    if (typed !== undefined && Number.isInteger(wanted) && wanted >= 1) onGo(Math.min(wanted, total))
  }
  return (
    <span className={classes.number}>
      <input
        aria-label={t('reader.page')}
        inputMode="numeric"
        value={typed ?? String(page)}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={go}
        onKeyDown={(event) => {
          if (event.key === 'Enter') go()
        }}
      />
      <span>{t('viewer.ofTotal', { total })}</span>
    </span>
  )
}
