const locale = 'en'

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'long' })
const short = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'narrow' })

/** "3 hours ago", "tomorrow", "now". */
export function timeAgo(when: string | Date, now = Date.now(), style: 'long' | 'narrow' = 'long'): string {
  const seconds = (new Date(when).getTime() - now) / 1000
  const format = style === 'long' ? relative : short
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit)
  }
  return format.format(0, 'second')
}

/** "12 Mar 2026"; the year is left out in the current one. A date without time (YYYY-MM-DD) is not shifted by time zones. */
export function formatDate(when: string | Date, now = new Date()): string {
  const dateOnly = typeof when === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(when)
  const date = new Date(when)
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: date.getFullYear() === now.getFullYear() ? undefined : 'numeric',
    timeZone: dateOnly ? 'UTC' : undefined,
  }).format(date)
}

export function formatDateTime(when: string | Date): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(when))
}

/** "29 Mar 2026, 09:00, Europe/Berlin": a moment as it was stated. */
export function formatIn(when: string, zone: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone || undefined,
  })
  const place = zone || Intl.DateTimeFormat().resolvedOptions().timeZone
  return `${format.format(new Date(when))}, ${place.replaceAll('_', ' ')}`
}

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(locale).format(value)
}

/** "1.2K": for counters with little room. */
export function formatCompact(value: number): string {
  return new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value)
}

export function formatPercent(share: number): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share)
}

export function formatBytes(bytes: number): string {
  const names = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte']
  const power = bytes < 1 ? 0 : Math.min(names.length - 1, Math.floor(Math.log10(bytes) / 3))
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: names[power],
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power > 1 ? 1 : 0,
  }).format(bytes / 1000 ** power)
}

/** 83.5 -> "1:23"; 3723 -> "1:02:03". */
export function clockOf(seconds: number): string {
  const s = Math.max(Math.floor(seconds), 0)
  const two = (n: number) => String(n).padStart(2, '0')
  const rest = `${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`
  return s >= 3600 ? `${Math.floor(s / 3600)}:${rest}` : rest.replace(/^0/, '')
}
