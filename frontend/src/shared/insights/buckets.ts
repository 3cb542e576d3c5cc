import type { DayCount } from '@/shared/api/generated/types.gen'

export interface Bucket {
  /** Its first day, YYYY-MM-DD. */
  day: string
  human: number
  other: number
}

const dayMs = 86_400_000

function dayOf(when: number): string {
  return new Date(when).toISOString().slice(0, 10)
}

/** Days from since to asOf without holes, or weeks that end with asOf when there are more than 31 days. */
export function bucketsOf(days: DayCount[], since: string, asOf: string): { size: 1 | 7; buckets: Bucket[] } {
  const last = Date.parse(`${asOf.slice(0, 10)}T00:00:00Z`)
  const first = Date.parse(`${since.slice(0, 10)}T00:00:00Z`)
  const count = Math.max(1, Math.round((last - first) / dayMs) + 1)
  const size = count > 31 ? 7 : 1
  const buckets: Bucket[] = []
  for (let i = Math.ceil(count / size) - 1; i >= 0; i--) {
    buckets.push({ day: dayOf(last - ((i + 1) * size - 1) * dayMs), human: 0, other: 0 })
  }
  for (const { day, human, other } of days) {
    const back = Math.floor((last - Date.parse(`${day}T00:00:00Z`)) / dayMs / size)
    const bucket = buckets[buckets.length - 1 - back]
    if (!bucket) continue
    bucket.human += human
    bucket.other += other
  }
  return { size, buckets }
}
