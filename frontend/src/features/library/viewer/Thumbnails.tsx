import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AssetPage } from '@/shared/api/generated/types.gen'
import { layoutOf, rangeOf } from './layout'
import { pictureOf } from './PageSheet'
import classes from './PageViewer.module.css'

const wide = 92

interface ThumbnailsProps {
  assetId: string
  pages: AssetPage[]
  current: number
  onGo: (page: number) => void
}

/** All pages, small; a press goes there. */
export function Thumbnails({ assetId, pages, current, onGo }: ThumbnailsProps) {
  const { t } = useTranslation('library')
  const { ref, height } = useElementSize<HTMLElement>()
  const boxRef = useRef<HTMLElement>(null)
  const setBox = useMergedRef(ref, boxRef)
  const [top, setTop] = useState(0)
  // room for the number below each
  const layout = useMemo(
    () =>
      layoutOf(
        pages.map((p) => ({ width: p.width, height: p.height })),
        wide,
      ),
    [pages],
  )
  useEffect(() => {
    const box = boxRef.current
    const at = layout.tops[current - 1] ?? 0
    const end = at + (layout.heights[current - 1] ?? 0)
    if (!box || box.clientHeight === 0) return
    if (at < box.scrollTop || end > box.scrollTop + box.clientHeight) box.scrollTop = at - box.clientHeight / 3
  }, [current, layout])
  const [first, last] = rangeOf(layout, top, height)
  return (
    <nav
      ref={setBox}
      className={classes.thumbs}
      aria-label={t('viewer.thumbnails')}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      <div style={{ height: layout.total }} />
      {pages.slice(first, last + 1).map((page, i) => (
        <button
          key={page.page}
          type="button"
          className={classes.thumb}
          aria-label={t('reader.goTo', { page: page.page })}
          aria-current={page.page === current ? 'page' : undefined}
          style={{ top: layout.tops[first + i], height: layout.heights[first + i] }}
          onClick={() => onGo(page.page)}
        >
          {page.width > 0 && <img src={pictureOf(assetId, page.page, 240)} alt="" loading="lazy" />}
          <span>{page.page}</span>
        </button>
      ))}
    </nav>
  )
}
