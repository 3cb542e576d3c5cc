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

const most = 6

/** The most frequent values, and those that are chosen although they are none of these. */
export function shownOf(counts: SearchCount[], chosen: string[] = []): SearchCount[] {
  const shown = counts.filter((c, i) => i < most || chosen.includes(c.value))
  const gone = chosen.filter((value) => !shown.some((c) => c.value === value))
  return [...shown, ...gone.map((value) => ({ value, count: 0 }))]
}
