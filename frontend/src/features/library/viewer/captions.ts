import type { Asset, AssetCue } from '@/shared/api/generated/types.gen'
import { flat, spansOf } from './find'

const isChapters = (asset: Asset) => /\bchapters?\b/i.test(asset.name.replace(/[_.-]/g, ' '))
const isMedia = (asset: Asset) => asset.viewer === 'video' || asset.viewer === 'audio'
const stem = (name: string) => name.toLowerCase().replace(/\.[^.]+$/, '')

export interface Medium {
  asset: Asset
  captions: Asset[]
  chapters: Asset | undefined
}

/**
 * Which captions belong to which film or sound: those whose name begins with its name (talk.mp4, talk.en.vtt,
 * talk.chapters.vtt); all of them, where there is only one film or sound.
 */
export function mediaOf(assets: Asset[]): Medium[] {
  const media = assets.filter(isMedia)
  const words = assets.filter((a) => a.viewer === 'captions')
  return media.map((asset) => {
    const mine = media.length === 1 ? words : words.filter((w) => ownerOf(w, media) === asset)
    return { asset, captions: mine.filter((w) => !isChapters(w)), chapters: mine.find(isChapters) }
  })
}

/** The one with the longest name that captions begin with. */
function ownerOf(words: Asset, media: Asset[]): Asset | undefined {
  const name = words.name.toLowerCase()
  return media.filter((m) => name.startsWith(stem(m.name))).sort((a, b) => b.name.length - a.name.length)[0]
}

/** The language in the name of captions: "talk.en.vtt" gives en. */
export function languageOf(name: string): string | undefined {
  return /\.([a-z]{2,3}(?:-[a-z0-9]{2,8})?)\.[^.]+$/i.exec(name)?.[1]
}

const stamp = (ms: number) => {
  const two = (n: number, digits = 2) => String(Math.floor(n)).padStart(digits, '0')
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${two(ms % 1000, 3)}`
}

/** Captions as the player reads them. They were taken apart on the server; nothing of the file itself comes here. */
export function webvttOf(cues: AssetCue[]): string {
  const escaped = (s: string) =>
    s
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/\n{2,}/g, '\n')
  return `WEBVTT\n\n${cues.map((c) => `${stamp(c.start_ms)} --> ${stamp(c.end_ms)}\n${escaped(c.text)}\n`).join('\n')}`
}

/** The last cue that has begun. */
export function cueAt(cues: AssetCue[], seconds: number): number {
  return cues.findLastIndex((c) => c.start_ms <= seconds * 1000)
}

/**
 * The second at which a link opens: where the first of its words is said, within the passage that search found; undefined
 * while the captions are not there yet.
 */
export function startOf(
  second: number | undefined,
  mark: string | undefined,
  hasCaptions: boolean,
  cues: AssetCue[] | undefined,
): number | undefined {
  if (second === undefined || !mark || !hasCaptions) return second
  if (!cues) return undefined
  const query = { text: mark, isWords: true }
  const said = cues.find(
    (c) => c.end_ms > second * 1000 && c.start_ms < (second + 20) * 1000 && spansOf(flat(c.text), query).length > 0,
  )
  return said ? Math.max(said.start_ms / 1000, second) : second
}
