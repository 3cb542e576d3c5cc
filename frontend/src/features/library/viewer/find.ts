import { wordsPattern } from '@/shared/lib/marks'

/** What is looked for: words as they are typed, or, from a search, any of some words. */
export interface Query {
  text: string
  isWords: boolean
}

export type Span = readonly [start: number, end: number]

const special = /[.*+?^${}()|[\]\\]/g

/** Breaks of lines are spaces: what is found may run over them. */
export function flat(text: string): string {
  return text.trim().split(/\s+/).join(' ')
}

/** Where the words are in a flat text. */
export function spansOf(text: string, query: Query | undefined): Span[] {
  const words = query ? flat(query.text) : ''
  if (words === '') return []
  const pattern = query?.isWords ? wordsPattern(words) : new RegExp(words.replace(special, String.raw`\$&`), 'giu')
  if (!pattern) return []
  return [...text.matchAll(pattern)].map((m) => [m.index, m.index + m[0].length] as const)
}

/** A part of a line: plain, or of the n-th place where the words are. */
export interface Piece {
  text: string
  hit?: number
}

/** Cuts the lines of a page where the words are found in its flat text, in which lines are joined by spaces. */
export function piecesOf(lines: string[], spans: readonly Span[]): Piece[][] {
  let at = 0
  return lines.map((line) => {
    const text = flat(line)
    const pieces: Piece[] = []
    let done = 0
    spans.forEach(([start, end], hit) => {
      const from = Math.max(start - at, done)
      const to = Math.min(end - at, text.length)
      if (to <= from || from >= text.length) return
      if (from > done) pieces.push({ text: text.slice(done, from) })
      pieces.push({ text: text.slice(from, to), hit })
      done = to
    })
    if (done < text.length) pieces.push({ text: text.slice(done) })
    at += text.length + (text ? 1 : 0)
    return pieces
  })
}

/** One place where the words are: the page, and which of its places. */
export interface Place {
  page: number
  hit: number
}

/** All places in a file, in the order of its pages. */
export function placesOf(pages: { page: number; text: string }[], query: Query | undefined): Place[] {
  if (!query) return []
  return pages.flatMap(({ page, text }) => spansOf(flat(text), query).map((_, hit) => ({ page, hit })))
}
