export interface Segment {
  text: string
  isMatch: boolean
}

const start = '\u0001'
const end = '\u0002'

/** Text with matches between U+0001 and U+0002, as search answers it. An unclosed mark reaches to the end. */
export function splitMarks(marked: string): Segment[] {
  const segments: Segment[] = []
  let isMatch = false
  let text = ''
  const push = () => {
    if (text) segments.push({ text, isMatch })
    text = ''
  }
  for (const char of marked) {
    if (char === start || char === end) {
      push()
      isMatch = char === start
    } else {
      text += char
    }
  }
  push()
  return segments
}

/** The words that search matched, each once, as they stand in the text: corrected when the question was misspelt. */
export function matchesOf(marked: string): string[] {
  const words = splitMarks(marked)
    .filter((s) => s.isMatch)
    .map((s) => s.text.trim().toLowerCase())
  return [...new Set(words)].filter(Boolean)
}

const special = /[.*+?^${}()|[\]\\]/g

/** Finds words, also as the beginning of longer ones; undefined when there is nothing to look for. */
export function wordsPattern(words: string): RegExp | undefined {
  const parts = words.split(/\s+/).filter((word) => word.length > 1)
  if (parts.length === 0) return undefined
  const any = parts.map((part) => part.replace(special, String.raw`\$&`)).join('|')
  return new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${any})[\p{L}\p{N}]*`, 'giu')
}

/** Marks words in plain text. */
export function markWords(text: string, words: string | undefined): Segment[] {
  const pattern = words ? wordsPattern(words) : undefined
  if (!pattern) return text ? [{ text, isMatch: false }] : []
  const segments: Segment[] = []
  let at = 0
  for (const match of text.matchAll(pattern)) {
    if (match.index > at) segments.push({ text: text.slice(at, match.index), isMatch: false })
    segments.push({ text: match[0], isMatch: true })
    at = match.index + match[0].length
  }
  if (at < text.length) segments.push({ text: text.slice(at), isMatch: false })
  return segments
}

/** Marks words in the texts of safe HTML; tags and attributes stay as they are. */
export function markHtml(html: string, words: string | undefined): string {
  if (!words || !wordsPattern(words)) return html
  const doc = new DOMParser().parseFromString(html, 'text/html')
  const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  while (walker.nextNode()) texts.push(walker.currentNode as Text)
  for (const node of texts) {
    const segments = markWords(node.data, words)
    if (!segments.some((s) => s.isMatch)) continue
    node.replaceWith(
      ...segments.map(({ text, isMatch }) => {
        if (!isMatch) return doc.createTextNode(text)
        const mark = doc.createElement('mark')
        mark.textContent = text
        return mark
      }),
    )
  }
  return doc.body.innerHTML
}
