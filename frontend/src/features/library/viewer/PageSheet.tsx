import { useQuery } from '@tanstack/react-query'
import { type CSSProperties, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { getAssetPageOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { AssetPage, PageLine } from '@/shared/api/generated/types.gen'
import { Marked } from '@/shared/ui/Marked'
import { flat, piecesOf, type Query, spansOf } from './find'
import { measured } from './measure'
import classes from './PageSheet.module.css'

interface PageSheetProps {
  assetId: string
  page: AssetPage
  total: number
  width: number
  height: number
  style: CSSProperties
  query: Query | undefined
  /** Which of its places is the one that is shown. */
  hit: number | undefined
}

/** The address of the picture of a page, in about this many pixels. */
export function pictureOf(assetId: string, page: number, width: number): string {
  return `/api/v1/assets/${assetId}/pages/${page}/picture?width=${width <= 240 ? 240 : width <= 800 ? 800 : 1600}`
}

/** One page: its picture with its words above, to be selected and marked; or its words alone. */
export function PageSheet({ assetId, page, total, width, height, style, query, hit }: PageSheetProps) {
  const { t } = useTranslation('library')
  const pixels = width * Math.min(globalThis.devicePixelRatio || 1, 2)
  return (
    <div
      className={classes.sheet}
      role="document"
      aria-label={t('reader.of', { page: page.page, total })}
      style={{ ...style, width, height }}
    >
      {page.width > 0 ? (
        <>
          <img className={classes.picture} src={pictureOf(assetId, page.page, pixels)} alt="" draggable={false} />
          <Words assetId={assetId} page={page.page} width={width} height={height} query={query} hit={hit} />
        </>
      ) : (
        <>
          {page.hidden && <p className={classes.hidden}>{t('reader.hidden')}</p>}
          <PlainText text={page.text} query={query} />
        </>
      )}
    </div>
  )
}

function PlainText({ text, query }: { text: string; query: Query | undefined }) {
  const { t } = useTranslation('library')
  if (!text) return <p className={classes.none}>{t('reader.noText')}</p>
  const lines = text.split('\n')
  return (
    <div className={classes.plain}>
      {piecesOf(lines, spansOf(flat(text), query)).map((pieces, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity beside their place
        <p key={i}>
          <Marked segments={pieces.map((p) => ({ text: p.text, isMatch: p.hit !== undefined }))} />
        </p>
      ))}
    </div>
  )
}

interface WordsProps {
  assetId: string
  page: number
  width: number
  height: number
  query: Query | undefined
  hit: number | undefined
}

function Words({ assetId, page, width, height, query, hit }: WordsProps) {
  const { data } = useQuery({
    ...getAssetPageOptions({ path: { id: assetId, page } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const lines = data?.items
  const pieces = useMemo(() => {
    if (!lines) return []
    const words = lines.map((l) => l.text)
    return piecesOf(words, spansOf(flat(words.join('\n')), query))
  }, [lines, query])
  const ref = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the words are there
  useEffect(() => {
    if (hit === undefined) return
    ref.current?.querySelector('[data-current]')?.scrollIntoView({ block: 'center', inline: 'nearest' })
  }, [hit, pieces.length])
  return (
    <div ref={ref} className={classes.words}>
      {lines?.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity beside their place
        <span key={i} style={placeOf(line, width, height)}>
          {pieces[i]?.map((piece, k) =>
            piece.hit === undefined ? (
              piece.text
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <mark key={k} data-current={piece.hit === hit || undefined}>
                {piece.text}
              </mark>
            ),
          )}{' '}
        </span>
      ))}
    </div>
  )
}

/** Words are as high and as wide as they are in the picture, so that a selection covers what one sees. */
function placeOf(line: PageLine, width: number, height: number): CSSProperties {
  const isDown = line.h * height > 2 * line.w * width && line.text.length > 2 // runs from top to bottom
  const long = isDown ? (line.h * height) / 10_000 : (line.w * width) / 10_000
  const high = Math.max(isDown ? (line.w * width) / 10_000 : (line.h * height) / 10_000, 4)
  const natural = (measured(flat(line.text)) * high) / 100
  const scale = natural > 0 ? long / natural : 1
  return {
    left: (line.x * width) / 10_000 + (isDown ? high : 0),
    top: (line.y * height) / 10_000,
    fontSize: high,
    transform: `${isDown ? 'rotate(90deg) ' : ''}scaleX(${scale.toFixed(3)})`,
  }
}
