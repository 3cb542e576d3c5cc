import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, Suspense, type TouchEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listAssetPagesOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Asset, AssetPage } from '@/shared/api/generated/types.gen'
import { lazyPart } from '@/shared/lib/lazyPart'
import { markWords } from '@/shared/lib/marks'
import { Marked } from '@/shared/ui/Marked'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import { FindBox } from './FindBox'
import { flat, spansOf } from './find'
import { PageBar, zooms } from './PageBar'
import { PageSheet } from './PageSheet'
import classes from './PageViewer.module.css'
import { reveal } from './reveal'
import { Thumbnails } from './Thumbnails'
import { useFind } from './useFind'
import { useFullScreen } from './useFullScreen'
import { usePagesBox } from './usePagesBox'
import { usePinch } from './usePinch'

const PrintPages = lazyPart(() => import('./PrintPages').then((m) => m.PrintPages))

export interface PageViewerProps {
  asset: Asset
  page: number
  /** Words to be marked. */
  mark?: string
  onPageChange: (page: number) => void
  /** Brings the viewer into view when it opens: a link led to this page. */
  isTarget: boolean
  /** Paper is a copy: for those who may have the file. */
  canPrint: boolean
}

/** A file as pictures of its pages, with their words. */
export function PageViewer(props: PageViewerProps) {
  const { asset } = props
  const pages = useQuery({ ...listAssetPagesOptions({ path: { id: asset.id } }), staleTime: 300_000 })
  const all = useMemo(() => {
    const known = new Map(pages.data?.items.map((p) => [p.page, p]))
    const total = Math.max(asset.pages, 1)
    return Array.from(
      { length: total },
      (_, i): AssetPage => known.get(i + 1) ?? { page: i + 1, text: '', width: 0, height: 0, hidden: false },
    )
  }, [pages.data, asset.pages])
  if (pages.isError) return <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
  if (!pages.isSuccess) return <SkeletonList rows={6} height={48} />
  return <Viewer {...props} pages={all} />
}

function Viewer({
  asset,
  page,
  mark,
  onPageChange,
  isTarget,
  canPrint,
  pages,
}: PageViewerProps & { pages: AssetPage[] }) {
  const { t } = useTranslation('library')
  const ref = useRef<HTMLElement>(null)
  const findRef = useRef<HTMLInputElement>(null)
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const total = pages.length
  const [current, setCurrent] = useState(Math.min(page, total))
  const [zoom, setZoom] = useState(1)
  const [hasThumbs, setThumbs] = useState(!isPhone && total > 1)
  const full = useFullScreen(ref)
  const find = useFind(
    useMemo(() => pages.map((p) => ({ page: p.page, text: p.drawn ?? p.text })), [pages]),
    mark,
    current,
  )
  const here = pages[current - 1]
  // what a search found may be said in the notes of the speaker only
  const isInNotes = Boolean(mark && here?.drawn !== undefined && spansOf(flat(here.drawn), find.query).length === 0)
  const [hasText, setText] = useState(isInNotes)
  const [isPrinting, setPrinting] = useState(false)
  const printed = useCallback(() => setPrinting(false), [])

  const later = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(later.current), [])
  const tell = (to: number) => {
    setCurrent(to)
    clearTimeout(later.current)
    later.current = setTimeout(() => onPageChange(to), 250) // the address follows when one has come to rest
  }
  const sizes = useMemo(() => pages.map((p) => ({ width: p.width, height: p.height })), [pages])
  const box = usePagesBox({ sizes, zoom, fitsPage: full.isFull, page: Math.min(page, total), onPageChange: tell })
  usePinch(box.boxRef, box.isReady, zoom, setZoom)
  const go = (to: number) => {
    if (to < 1 || to > total) return
    box.goTo(to)
    tell(to)
  }
  const step = (by: 1 | -1) => {
    const place = find.step(by)
    if (place && place.page !== current) go(place.page)
  }
  useEffect(() => {
    if (isTarget) reveal(ref.current)
  }, [isTarget])

  const handleKey = (event: KeyboardEvent) => {
    const isTyping = event.target instanceof HTMLInputElement
    if ((event.ctrlKey || event.metaKey) && event.key === 'f') {
      event.preventDefault()
      findRef.current?.focus()
      findRef.current?.select()
      return
    }
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return
    const keys: Record<string, () => void> = {
      ArrowLeft: () => go(current - 1),
      ArrowRight: () => go(current + 1),
      PageUp: () => go(current - 1),
      PageDown: () => go(current + 1),
      Home: () => go(1),
      End: () => go(total),
      '+': () => setZoom(zooms.find((z) => z > zoom) ?? zoom),
      '=': () => setZoom(zooms.find((z) => z > zoom) ?? zoom),
      '-': () => setZoom(zooms.findLast((z) => z < zoom) ?? zoom),
      '0': () => setZoom(1),
      f: full.toggle,
      n: () => step(1),
      N: () => step(-1),
    }
    if (full.isFull) keys.Escape = full.leave
    const run = keys[event.key]
    if (!run) return
    event.preventDefault() // also keeps the page's own keys from it
    run()
  }

  const touch = useRef<{ x: number; y: number }>(undefined)
  const handleTouchEnd = (event: TouchEvent) => {
    const began = touch.current
    const end = event.changedTouches[0]
    touch.current = undefined
    if (!began || !end || zoom > 1 || event.touches.length > 0) return
    const [x, y] = [end.clientX - began.x, end.clientY - began.y]
    if (Math.abs(x) > 60 && Math.abs(x) > 2 * Math.abs(y)) go(current + (x < 0 ? 1 : -1))
  }

  const [first, last] = box.range
  return (
    <section
      ref={ref}
      className={classes.viewer}
      data-full={full.isFull || undefined}
      aria-label={t('reader.label', { name: asset.name })}
      onKeyDown={handleKey}
    >
      <PageBar
        page={current}
        total={total}
        onGo={go}
        zoom={zoom}
        onZoom={setZoom}
        isFull={full.isFull}
        onFull={full.toggle}
        hasThumbs={hasThumbs}
        onThumbs={() => setThumbs(!hasThumbs)}
        hasText={hasText}
        onText={() => setText(!hasText)}
        onPrint={canPrint ? () => setPrinting(true) : undefined}
      >
        <FindBox
          label={t('viewer.find')}
          words={mark ?? ''}
          count={find.places.length}
          current={find.current}
          onLook={find.look}
          onStep={step}
          inputRef={findRef}
        />
      </PageBar>
      {asset.view_note && <p className={classes.note}>{asset.view_note}</p>}
      <div className={classes.middle}>
        {hasThumbs && <Thumbnails assetId={asset.id} pages={pages} current={current} onGo={go} />}
        <section
          ref={box.setBox}
          className={classes.pages}
          aria-label={t('viewer.pages')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached by keyboard
          tabIndex={0}
          style={full.isFull ? undefined : { height: `min(78dvh, ${box.layout.total}px)` }}
          onScroll={box.handleScroll}
          onTouchStart={(event) => {
            const at = event.touches.length === 1 ? event.touches[0] : undefined
            touch.current = at && { x: at.clientX, y: at.clientY }
          }}
          onTouchEnd={handleTouchEnd}
        >
          <div className={classes.roll} style={{ height: box.layout.total, minWidth: box.layout.width + 32 }}>
            {box.isReady &&
              pages
                .slice(first, last + 1)
                .map((p, i) => (
                  <PageSheet
                    key={p.page}
                    assetId={asset.id}
                    page={p}
                    total={total}
                    width={box.layout.width}
                    height={box.layout.heights[first + i] ?? 0}
                    style={{ top: box.layout.tops[first + i], left: `calc(50% - ${box.layout.width / 2}px)` }}
                    query={find.query}
                    hit={find.place?.page === p.page ? find.place.hit : undefined}
                  />
                ))}
          </div>
        </section>
      </div>
      {hasText && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: as above
        <section className={classes.text} aria-label={t('viewer.textOf', { page: current })} tabIndex={0}>
          <h3>{t('viewer.textOf', { page: current })}</h3>
          {here?.text ? <Marked segments={markWords(here.text, find.query?.text)} /> : t('reader.noText')}
        </section>
      )}
      <Suspense>{isPrinting && <PrintPages assetId={asset.id} pages={pages} onDone={printed} />}</Suspense>
    </section>
  )
}
