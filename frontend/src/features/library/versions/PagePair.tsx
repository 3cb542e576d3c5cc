import { UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, type UIEvent, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { getResourceVersionPageOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { ComparedPage, PageComparison } from '@/shared/api/generated/types.gen'
import { PartsView } from '@/shared/textdiff/DiffView'
import { excerpts, wordChanges } from '@/shared/textdiff/words'
import { type Tone, ToneBadge } from '@/shared/ui/StateBadge'
import classes from './Pages.module.css'
import type { Look, Side } from './PagesCompare'
import { type Box, changedPlaces } from './places'

interface PagePairProps {
  resourceId: string
  page: PageComparison
  before?: Side
  after?: Side
  look: Look
  zoom: number
  isCurrent: boolean
  onFlip?: () => void
}

const tones: Record<PageComparison['change'], Tone> = {
  same: 'neutral',
  changed: 'amber',
  moved: 'accent',
  inserted: 'green',
  removed: 'red',
}

/** One page before and after: pictures with what changed marked in them, and the words. */
export function PagePair({ resourceId, page, before, after, look, zoom, isCurrent, onFlip }: PagePairProps) {
  const { t } = useTranslation('library')
  const { t: tc } = useTranslation('compare')
  const places = usePlaces(resourceId, page, before, after)
  const boxes = useRef<(HTMLDivElement | null)[]>([])
  // both move together
  const handleScroll = (event: UIEvent<HTMLDivElement>) => {
    const { scrollLeft, scrollTop } = event.currentTarget
    for (const box of boxes.current) {
      if (!box || box === event.currentTarget) continue
      if (Math.abs(box.scrollLeft - scrollLeft) > 1) box.scrollLeft = scrollLeft
      if (Math.abs(box.scrollTop - scrollTop) > 1) box.scrollTop = scrollTop
    }
  }
  const parts = useMemo(
    () =>
      page.words_changed || !page.before || !page.after
        ? excerpts(wordChanges(page.before?.text ?? '', page.after?.text ?? ''))
        : [],
    [page],
  )
  const isSame = page.change === 'same'
  const hasOne = page.before && page.after && look !== 'both'
  const numbers =
    page.before && page.after && page.before.page !== page.after.page
      ? tc('pageTo', { from: page.before.page, to: page.after.page })
      : tc('page', { page: (page.after ?? page.before)?.page })
  const sides: ['before' | 'after', ComparedPage | undefined, Side | undefined][] = [
    ['before', page.before, before],
    ['after', page.after, after],
  ]
  return (
    <article className={classes.pair} data-current={isCurrent || undefined} data-kind={page.change}>
      <header className={classes.head}>
        <h3>{numbers}</h3>
        <ToneBadge tone={tones[page.change]}>{tc(`change.${page.change}`)}</ToneBadge>
        {page.picture_changed && <span className={classes.hint}>{tc('looksDifferent')}</span>}
      </header>
      <div className={classes.sides} data-one={hasOne || undefined}>
        {sides.map(([name, shown, side], i) => {
          if (!side || (hasOne && look !== name)) return null
          return (
            <figure key={name} className={classes.side}>
              <figcaption>{t('version.number', { number: side.number })}</figcaption>
              <Sheet
                ref={(element) => {
                  boxes.current[i] = element
                }}
                resourceId={resourceId}
                side={side}
                page={shown}
                like={page.before ?? page.after}
                zoom={zoom}
                isSmall={isSame}
                onScroll={handleScroll}
                onFlip={hasOne ? onFlip : undefined}
              >
                {places[name].map((box) => (
                  <Mark key={`${box.x} ${box.y}`} box={box} kind={name} />
                ))}
                {page.where && <Mark box={hundredths(page.where)} kind="look" />}
              </Sheet>
            </figure>
          )
        })}
      </div>
      {parts.length > 0 && page.change === 'changed' && (
        <p className={classes.words}>
          <PartsView parts={parts} />
        </p>
      )}
    </article>
  )
}

const hundredths = ({ x, y, w, h }: Box): Box => ({ x: x / 100, y: y / 100, w: w / 100, h: h / 100 })

function Mark({ box, kind }: { box: Box; kind: 'before' | 'after' | 'look' }) {
  return (
    <span
      className={classes.mark}
      data-kind={kind}
      style={{ left: `${box.x}%`, top: `${box.y}%`, width: `${box.w}%`, height: `${box.h}%` }}
    />
  )
}

/** Where on the pictures the words are that changed. */
function usePlaces(resourceId: string, page: PageComparison, before?: Side, after?: Side) {
  const lines = (side: Side | undefined, shown: ComparedPage | undefined) => ({
    ...getResourceVersionPageOptions({
      path: {
        id: resourceId,
        number: side?.number ?? 1,
        asset_id: side?.file.asset_id ?? '',
        page: shown?.page ?? 1,
      },
    }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: page.words_changed && Boolean(side && shown && shown.width > 0),
  })
  const old = useQuery(lines(before, page.before)).data?.items
  const now = useQuery(lines(after, page.after)).data?.items
  return useMemo(() => (old && now ? changedPlaces(old, now) : { before: [], after: [] }), [old, now])
}

interface SheetProps {
  resourceId: string
  side: Side
  page: ComparedPage | undefined
  /** The other one, whose shape it has when it is not there. */
  like: ComparedPage | undefined
  zoom: number
  isSmall: boolean
  onScroll: (event: UIEvent<HTMLDivElement>) => void
  onFlip?: () => void
  ref: (element: HTMLDivElement | null) => void
  children: ReactNode
}

function Sheet({ resourceId, side, page, like, zoom, isSmall, onScroll, onFlip, ref, children }: SheetProps) {
  const { t: tc } = useTranslation('compare')
  const shape = page && page.width > 0 ? page : like
  const ratio = shape && shape.width > 0 ? `${shape.width} / ${shape.height}` : '3 / 4'
  if (!page) {
    return (
      <div className={classes.missing} style={{ aspectRatio: ratio }}>
        {tc('notIn', { number: side.number })}
      </div>
    )
  }
  if (page.width === 0) {
    return <div className={classes.missing}>{page.text || tc('noPicture')}</div>
  }
  const label = tc('picture', { page: page.page, number: side.number })
  const wide = isSmall && zoom === 1 ? 240 : zoom > 1 ? 1600 : 800
  const picture = (
    <span className={classes.paper} style={{ width: `${zoom * 100}%`, aspectRatio: ratio }}>
      <img
        loading="lazy"
        alt={label}
        draggable={false}
        src={`/api/v1/resources/${resourceId}/versions/${side.number}/files/${side.file.asset_id}/pages/${page.page}/picture?width=${wide}`}
      />
      {children}
    </span>
  )
  // what is larger than its frame is moved by keys
  const moves = zoom > 1 && !onFlip ? { tabIndex: 0, role: 'group', 'aria-label': label } : {}
  return (
    <div ref={ref} className={classes.frame} style={{ aspectRatio: ratio }} onScroll={onScroll} {...moves}>
      {onFlip ? (
        <UnstyledButton className={classes.flip} aria-label={tc('keys.swap')} onClick={onFlip}>
          {picture}
        </UnstyledButton>
      ) : (
        picture
      )}
    </div>
  )
}
