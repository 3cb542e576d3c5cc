import type { Post } from '@/shared/api/generated/types.gen'

export type Network = Post['network']

export const networks: Network[] = ['linkedin', 'x', 'bluesky', 'facebook', 'email', 'other']

interface Rules {
  /** Most characters that the network takes. */
  most: number
  /** What counts as one character there. */
  unit: 'character' | 'grapheme' | 'weighted'
  /** Where the feed cuts a text: after so many lines or characters, whichever comes first. */
  fold?: { lines: number; chars: number; perLine: number }
}

// As the networks' feeds behave in 2026; a fold differs a little between devices, so it is shown as "about here".
export const rulesOf: Record<Network, Rules> = {
  linkedin: { most: 3000, unit: 'character', fold: { lines: 3, chars: 210, perLine: 70 } },
  x: { most: 280, unit: 'weighted' },
  bluesky: { most: 300, unit: 'grapheme' },
  facebook: { most: 10_000, unit: 'character', fold: { lines: 5, chars: 477, perLine: 95 } },
  email: { most: 10_000, unit: 'character' },
  other: { most: 10_000, unit: 'character' },
}

export interface Words {
  text: string
  disclosure: string
  link_url: string
}

/** What is copied and posted: text, disclosure and tracked link, each a paragraph of its own. */
export function composed({ text, disclosure, link_url }: Words): string {
  return [text, disclosure, link_url]
    .map((part) => part.trim())
    .filter(Boolean)
    .join('\n\n')
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
const address = /https?:\/\/\S+/g
/** X writes every address as one of its own, of this length. */
const addressOnX = 23

// X counts these ranges once and everything else twice (its "weighted" count)
function weightOf(char: string): number {
  const code = char.codePointAt(0) ?? 0
  const isLight =
    code <= 0x10ff ||
    (code >= 0x2000 && code <= 0x200d) ||
    (code >= 0x2010 && code <= 0x201f) ||
    (code >= 0x2032 && code <= 0x2037)
  return isLight ? 1 : 2
}

function weighted(text: string): number {
  const links = text.match(address)?.length ?? 0
  let sum = links * addressOnX
  for (const { segment } of segmenter.segment(text.replace(address, ''))) {
    // an emoji is two, however many code points it has
    sum +=
      [...segment].length > 1 && /\p{Extended_Pictographic}/u.test(segment)
        ? 2
        : [...segment].reduce((n, c) => n + weightOf(c), 0)
  }
  return sum
}

/** How long the network finds a text. */
export function lengthOn(network: Network, text: string): number {
  switch (rulesOf[network].unit) {
    case 'weighted':
      return weighted(text)
    case 'grapheme':
      return [...segmenter.segment(text)].length
    default:
      return [...text].length
  }
}

/** Where the feed cuts the text and writes "see more"; undefined when all of it is shown. */
export function foldOf(network: Network, text: string): number | undefined {
  const fold = rulesOf[network].fold
  if (!fold) return undefined
  let lines = 0
  let at = 0
  for (const line of text.split('\n')) {
    const rows = Math.max(1, Math.ceil(line.length / fold.perLine))
    if (lines + rows > fold.lines) {
      const room = Math.max(0, (fold.lines - lines) * fold.perLine - seeMore)
      return cut(text, Math.min(at + room, fold.chars))
    }
    lines += rows
    at += line.length + 1
    if (at > fold.chars + 1) return cut(text, fold.chars)
  }
  return undefined
}

/** The words "…see more" stand at the end of the last line. */
const seeMore = 12

/** Never inside a word, nor behind white space. */
function cut(text: string, at: number): number | undefined {
  if (at >= text.trimEnd().length) return undefined
  const head = text.slice(0, at)
  const isInWord = /\S$/.test(head) && /^\S/.test(text.slice(at))
  const end = isInWord ? head.replace(/\S+$/, '') : head
  return (end.trim() ? end : head).trimEnd().length
}

/** The network's page for writing a post; undefined where there is none. */
export function composerOf(network: Network, words: Words, subject: string): string | undefined {
  const text = composed(words)
  const encoded = encodeURIComponent(text)
  switch (network) {
    case 'linkedin': // takes no text, only a link: the text goes by clipboard
      return words.link_url
        ? `https://www.linkedin.com/sharing/share-offsite/?url=${encodeURIComponent(words.link_url)}`
        : 'https://www.linkedin.com/feed/?shareActive=true'
    case 'x':
      return `https://x.com/intent/post?text=${encoded}`
    case 'bluesky':
      return `https://bsky.app/intent/compose?text=${encoded}`
    case 'facebook':
      return words.link_url
        ? `https://www.facebook.com/sharer/sharer.php?u=${encodeURIComponent(words.link_url)}`
        : 'https://www.facebook.com/'
    case 'email':
      return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text.replaceAll('\n', '\r\n'))}`
    default:
      return undefined
  }
}

/** Whether the composer comes with the text already in it. */
export function takesText(network: Network): boolean {
  return network === 'x' || network === 'bluesky' || network === 'email'
}
