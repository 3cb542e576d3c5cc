const most = 8
// what begins so is forgotten after signing out (lib/recent.ts)
const keyOf = (userId: string) => `byline-recent:searches:${userId}`

/** What this person searched for last on this device, newest first. It is kept nowhere else. */
export function recentSearches(userId: string): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(userId)) ?? '[]')
    return Array.isArray(stored) ? stored.filter((w) => typeof w === 'string' && w !== '').slice(0, most) : []
  } catch {
    return [] // no storage, or not ours
  }
}

function keep(userId: string, searches: string[]): string[] {
  const kept = searches.slice(0, most)
  try {
    if (kept.length > 0) localStorage.setItem(keyOf(userId), JSON.stringify(kept))
    else localStorage.removeItem(keyOf(userId))
  } catch {
    // private windows may refuse; nothing depends on it
  }
  return kept
}

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

export function noteSearch(userId: string, words: string): void {
  const others = recentSearches(userId).filter((w) => !isSame(w, words))
  keep(userId, [words.slice(0, 200), ...others])
}

/** Gives what is left. */
export function forgetSearch(userId: string, words: string): string[] {
  return keep(
    userId,
    recentSearches(userId).filter((w) => !isSame(w, words)),
  )
}

export function forgetSearches(userId: string): void {
  keep(userId, [])
}
