export interface Visit {
  path: string
  title: string
}

const most = 8
const thing = /^\/(library|ideas|drafts|posts|people)\/[^/]+$/

const keyOf = (userId: string) => `byline-recent:${userId}`

function isVisit(value: unknown): value is Visit {
  return (
    typeof value === 'object' && value !== null && 'path' in value && 'title' in value && thing.test(String(value.path))
  )
}

/** What this person opened last on this device, newest first. */
export function recentVisits(userId: string): Visit[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(userId)) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isVisit) : []
  } catch {
    return [] // no storage, or not ours
  }
}

/** Notes that somebody opened a thing; other pages are left out. */
export function noteVisit(userId: string, visit: Visit): void {
  if (!thing.test(visit.path)) return
  const others = recentVisits(userId).filter((v) => v.path !== visit.path)
  try {
    localStorage.setItem(keyOf(userId), JSON.stringify([visit, ...others].slice(0, most)))
  } catch {
    // private windows may refuse; nothing depends on it
  }
}

/** After signing out nobody at this device sees the titles. */
export function forgetVisits(): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith('byline-recent:')) localStorage.removeItem(key)
    }
  } catch {
    // see above
  }
}
