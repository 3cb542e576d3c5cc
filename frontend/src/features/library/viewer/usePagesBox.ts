import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { layoutOf, type PageSize, pageAt, pageBelow, rangeOf } from './layout'

interface Options {
  sizes: PageSize[]
  zoom: number
  /** A whole page fits into the box, instead of its width. */
  fitsPage: boolean
  page: number
  onPageChange: (page: number) => void
}

const side = 16
/** How far above its page one comes to rest. */
const above = 8

/** The scrolling box of pages: which are drawn, which one is read, and how to go to another. */
export function usePagesBox({ sizes, zoom, fitsPage, page, onPageChange }: Options) {
  const { ref: sizeRef, width, height } = useElementSize<HTMLDivElement>()
  const boxRef = useRef<HTMLDivElement | null>(null)
  const setBox = useMergedRef(sizeRef, boxRef)
  const [top, setTop] = useState(0)
  const shape = sizes.find((s) => s.width > 0) ?? { width: 3, height: 4 }
  const fit = fitsPage
    ? Math.min(width - 2 * side, ((height - 2 * side) * shape.width) / shape.height)
    : width - 2 * side
  const pageWidth = Math.max(Math.round(Math.max(Math.min(fit, fitsPage ? fit : 1100), 0) * zoom), 40)
  const layout = useMemo(() => layoutOf(sizes, pageWidth), [sizes, pageWidth])

  const rest = useRef(-1) // where one was brought: the last pages cannot come to the top
  const read = useRef(0) // the page that was last told or asked for
  const goTo = useCallback(
    (to: number) => {
      const box = boxRef.current
      if (!box) return
      read.current = to
      box.scrollTop = (layout.tops[to - 1] ?? 0) - above
      rest.current = box.scrollTop
    },
    [layout],
  )
  const isReady = width > 0 && height > 0
  // opened at a page, or led to another by a link
  useEffect(() => {
    if (isReady && page !== read.current) goTo(page)
  }, [isReady, page, goTo])
  // what is at the top stays there when pages get larger or smaller
  const before = useRef(layout)
  useLayoutEffect(() => {
    const old = before.current
    before.current = layout
    const box = boxRef.current
    if (!box || old.width === layout.width || read.current === 0) return
    const y = box.scrollTop + above
    const at = pageBelow(old, y)
    const part = (y - (old.tops[at] ?? 0)) / (old.heights[at] || 1)
    box.scrollTop = (layout.tops[at] ?? 0) + part * (layout.heights[at] ?? 0) - above
    rest.current = box.scrollTop
    box.scrollLeft = (box.scrollWidth - box.clientWidth) / 2
  }, [layout])

  const frame = useRef(0)
  const handleScroll = () => {
    cancelAnimationFrame(frame.current)
    frame.current = requestAnimationFrame(() => {
      const box = boxRef.current
      if (!box) return
      setTop(box.scrollTop)
      if (Math.abs(box.scrollTop - rest.current) < 2) return
      rest.current = -1
      const at = pageAt(layout, box.scrollTop)
      if (at === read.current) return
      read.current = at
      onPageChange(at)
    })
  }
  useEffect(() => () => cancelAnimationFrame(frame.current), [])
  return { setBox, boxRef, layout, range: rangeOf(layout, top, height), goTo, handleScroll, isReady, height }
}
