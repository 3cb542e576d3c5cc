import type { SearchCount } from '@/shared/api/generated/types.gen'
import { i18n } from '@/shared/i18n'
import { typeLabel } from './hits'
import type { Narrowing } from './search'

const languages = new Intl.DisplayNames('en', { type: 'language' })

function languageLabel(value: string): string {
  try {
    return languages.of(value) ?? value
  } catch {
    return value // an import may bring what is no language tag
  }
}

export function labelOf(name: Narrowing, value: string): string {
  if (name === 'type') return typeLabel(value)
  if (name === 'lang') return languageLabel(value)
  if (name === 'sharing' || name === 'freshness') {
    const key = `search:value.${value}`
    return i18n.exists(key) ? i18n.t(key as 'search:value.due') : value
  }
  if (name === 'stage') return value.charAt(0).toUpperCase() + value.slice(1)
  return value
}

export const most = 6

/** A value, and what choosing it would show, where that is known. */
export interface Shown {
  value: string
  count?: number
}

/** The most frequent values, or all, and those that are chosen although they are none of these. */
export function shownOf(counts: Shown[], chosen: string[] = [], isWhole = false): Shown[] {
  const shown = counts.filter((c, i) => isWhole || i < most || chosen.includes(c.value))
  const gone = chosen.filter((value) => !shown.some((c) => c.value === value))
  return [...shown, ...gone.map((value) => ({ value, count: 0 }))]
}

/** Collections: those in which something is, then those that were not counted; empty ones stay away unless they are chosen. */
export function countedOf(ids: string[], counts: SearchCount[] = [], chosen: string[] = []): Shown[] {
  const counted = counts.filter((c) => ids.includes(c.value) && (c.count > 0 || chosen.includes(c.value)))
  const unknown = ids.filter((id) => !counts.some((c) => c.value === id))
  return [...counted, ...(counts.length > 0 ? unknown : chosen).map((value) => ({ value }))]
}
