/** The size of a page's picture, in pixels; 0 by 0 when it has none. */
export interface PageSize {
  width: number
  height: number
}

export interface Layout {
  /** Width of every page and where it begins, from the top. */
  width: number
  tops: number[]
  heights: number[]
  total: number
}

export const gap = 16

/** Pages below each other, all as wide as the first allows; those without a picture have the shape of the first. */
export function layoutOf(sizes: PageSize[], width: number): Layout {
  const shape = sizes.find((s) => s.width > 0) ?? { width: 3, height: 4 }
  const tops: number[] = []
  const heights: number[] = []
  let at = gap
  for (const size of sizes) {
    const { width: w, height: h } = size.width > 0 ? size : shape
    const height = Math.max(Math.round((width * h) / w), 1)
    tops.push(at)
    heights.push(height)
    at += height + gap
  }
  return { width, tops, heights, total: at }
}

/** The first page that ends below a place; pages count from 0 here. */
export function pageBelow({ tops, heights }: Layout, y: number): number {
  let low = 0
  let high = tops.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tops[middle] ?? 0) + (heights[middle] ?? 0) > y) high = middle
    else low = middle + 1
  }
  return low
}

/** Which pages are drawn, of 0…n-1: those in sight, and as much again above and below. */
export function rangeOf(layout: Layout, top: number, height: number): [number, number] {
  if (layout.tops.length === 0) return [0, -1]
  return [pageBelow(layout, top - height), pageBelow(layout, top + 2 * height)]
}

/** The page that one is reading, from 1: the first of which at least the half is in sight. */
export function pageAt(layout: Layout, top: number): number {
  const at = pageBelow(layout, top)
  const isPast = (layout.tops[at] ?? 0) + (layout.heights[at] ?? 0) / 2 < top
  return Math.min(isPast ? at + 2 : at + 1, layout.tops.length)
}
