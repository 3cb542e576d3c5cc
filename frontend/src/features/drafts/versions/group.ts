import type { DraftVersion } from '@/shared/api/generated/types.gen'

/** Whether somebody made it, or something became of it. */
export function isMilestone(version: DraftVersion): boolean {
  return version.reason !== 'automatic' || version.label !== '' || Boolean(version.approved_at ?? version.published_at)
}

const dayOf = (when: string) => {
  const date = new Date(when)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

/** Versions by the day of the reader on which they were made, in their order. */
export function byDay(versions: DraftVersion[]): { day: number; versions: DraftVersion[] }[] {
  const groups: { day: number; versions: DraftVersion[] }[] = []
  for (const version of versions) {
    const day = dayOf(version.created_at)
    const last = groups.at(-1)
    if (last?.day === day) last.versions.push(version)
    else groups.push({ day, versions: [version] })
  }
  return groups
}
