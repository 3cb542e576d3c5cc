/** Cuts a text where the given sentences stand in it, so that they can be marked. */
export function markSentences(text: string, sentences: string[]): { text: string; isMarked: boolean }[] {
  const spans = sentences
    .map((s) => ({ from: text.indexOf(s), to: text.indexOf(s) + s.length }))
    .filter(({ from, to }) => from >= 0 && to > from)
    .sort((a, b) => a.from - b.from)
  const parts: { text: string; isMarked: boolean }[] = []
  let at = 0
  for (const { from, to } of spans) {
    if (to <= at) continue
    const start = Math.max(from, at)
    if (start > at) parts.push({ text: text.slice(at, start), isMarked: false })
    parts.push({ text: text.slice(start, to), isMarked: true })
    at = to
  }
  if (at < text.length) parts.push({ text: text.slice(at), isMarked: false })
  return parts
}
