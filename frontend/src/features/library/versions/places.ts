import { diffArrays } from 'diff'
import type { PageLine } from '@/shared/api/generated/types.gen'
import { measured } from '../viewer/measure'

/** A part of a page, in hundredths of its width and height. */
export interface Box {
  x: number
  y: number
  w: number
  h: number
}

interface Word {
  text: string
  line: number
  from: number
  to: number
}

function wordsOf(lines: PageLine[]): Word[] {
  return lines.flatMap(({ text }, line) =>
    [...text.matchAll(/\S+/g)].map((m) => ({ text: m[0], line, from: m.index, to: m.index + m[0].length })),
  )
}

/** Where in its line a word is, by the width of letters: near enough to be marked. */
function boxOf(line: PageLine, from: number, to: number): Box {
  const { x, y, w, h, text } = line
  const isDown = h > 2 * w && text.length > 2
  const whole = measured(text) || 1
  const [start, end] = [measured(text.slice(0, from)) / whole, measured(text.slice(0, to)) / whole]
  if (isDown) return { x: x / 100, y: (y + h * start) / 100, w: w / 100, h: (h * (end - start)) / 100 }
  return { x: (x + w * start) / 100, y: y / 100, w: (w * (end - start)) / 100, h: h / 100 }
}

/** Changed words become boxes, neighbours in a line one box. */
function boxesOf(lines: PageLine[], words: Word[]): Box[] {
  const boxes: Box[] = []
  for (let i = 0; i < words.length; ) {
    const first = words[i] as Word
    let last = first
    let n = i + 1
    for (; words[n]?.line === first.line && (words[n] as Word).from <= last.to + 1; n++) last = words[n] as Word
    boxes.push(boxOf(lines[first.line] as PageLine, first.from, last.to))
    i = n
  }
  return boxes
}

/** Where on two pages the words are that went and that came. */
export function changedPlaces(before: PageLine[], after: PageLine[]): { before: Box[]; after: Box[] } {
  const old = wordsOf(before)
  const now = wordsOf(after)
  const gone: Word[] = []
  const come: Word[] = []
  let i = 0
  let k = 0
  for (const { value, added, removed } of diffArrays(
    old.map((w) => w.text),
    now.map((w) => w.text),
  )) {
    const n = value.length
    if (removed) gone.push(...old.slice(i, i + n))
    else if (added) come.push(...now.slice(k, k + n))
    if (!added) i += n
    if (!removed) k += n
  }
  return { before: boxesOf(before, gone), after: boxesOf(after, come) }
}
