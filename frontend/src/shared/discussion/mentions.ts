/** Somebody who can be named in a text. */
export interface Named {
  id: string
  name: string
}

/** What is typed behind an @ at the caret: its place and the words so far, at most two. */
export function mentionAt(text: string, caret: number): { start: number; words: string } | undefined {
  const found = /(?:^|[\s(])@([^\s@]*(?: [^\s@]+)?)$/.exec(text.slice(0, caret))
  if (!found) return undefined
  const words = found[1] ?? ''
  return { start: caret - words.length - 1, words }
}

/** Puts "@Name " in place of what was typed behind the @; gives the new text and where the caret goes. */
export function insertMention(
  text: string,
  caret: number,
  start: number,
  name: string,
): { text: string; caret: number } {
  const rest = text.slice(caret)
  const inserted = `@${name}${rest.startsWith(' ') ? '' : ' '}`
  return {
    text: text.slice(0, start) + inserted + rest,
    caret: start + inserted.length + (rest.startsWith(' ') ? 1 : 0),
  }
}

/** Of those who were picked, the ones who are still named. */
export function stillNamed<T extends Named>(text: string, people: T[]): T[] {
  return people.filter((p, i) => text.includes(`@${p.name}`) && people.findIndex((q) => q.id === p.id) === i)
}

const literal = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Cuts a text at the names in it: "@Nora Lind", or "@Nora" alone. Longer names win. */
export function splitMentions<T extends Named>(text: string, people: T[]): (string | { person: T; words: string })[] {
  const names = new Map<string, T>()
  for (const p of people) {
    const first = p.name.split(' ')[0] ?? p.name
    if (!names.has(first)) names.set(first, p)
  }
  for (const p of people) names.set(p.name, p)
  if (names.size === 0) return [text]
  const longest = [...names.keys()].toSorted((a, b) => b.length - a.length).map(literal)
  const pattern = new RegExp(`@(${longest.join('|')})(?![\\p{L}\\p{N}])`, 'gu')
  const parts: (string | { person: T; words: string })[] = []
  let end = 0
  for (const match of text.matchAll(pattern)) {
    const person = names.get(match[1] ?? '')
    if (!person) continue
    if (match.index > end) parts.push(text.slice(end, match.index))
    parts.push({ person, words: match[0] })
    end = match.index + match[0].length
  }
  if (end < text.length) parts.push(text.slice(end))
  return parts
}
