/**
 * Calendar days as YYYY-MM-DD. A day has no time and no time zone, so nothing here makes a local Date of one: all
 * counting is in UTC, where every day has 24 hours. Only `today` asks where somebody is.
 */
export type Day = string

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/
const dayLength = 86_400_000

function utc(day: Day): number {
  const [, year, month, date] = pattern.exec(day) ?? []
  return Date.UTC(Number(year), Number(month) - 1, Number(date))
}

const dayOf = (time: number): Day => new Date(time).toISOString().slice(0, 10)

/** Whether a text is a day that exists: not 2026-02-30. */
export function isDay(value: unknown): value is Day {
  if (typeof value !== 'string' || !pattern.test(value)) return false
  const time = utc(value)
  return value >= '1000-01-01' && !Number.isNaN(time) && dayOf(time) === value
}

export function addDays(day: Day, count: number): Day {
  return dayOf(utc(day) + count * dayLength)
}

/** The same day of another month, or its last one: 31 January and a month is 28 February. */
export function addMonths(day: Day, count: number): Day {
  const from = new Date(utc(day))
  const first = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + count, 1)
  const next = new Date(first)
  const last = new Date(Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + 1, 0)).getUTCDate()
  return dayOf(first + (Math.min(from.getUTCDate(), last) - 1) * dayLength)
}

/** Monday to Friday are working days; a day at a weekend counts as the Friday before it. */
export function addWorkingDays(day: Day, count: number): Day {
  let at = day
  for (let left = count; left > 0; ) {
    at = addDays(at, 1)
    if (weekdayOf(at) % 6 !== 0) left--
  }
  return at
}

/** How many days from one to the other; negative when the second is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (utc(to) - utc(from)) / dayLength
}

/** 0 is Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(utc(day)).getUTCDay()
}

export function startOfWeek(day: Day, firstWeekday: number): Day {
  return addDays(day, -((weekdayOf(day) - firstWeekday + 7) % 7))
}

export const startOfMonth = (day: Day): Day => `${day.slice(0, 8)}01`
export const endOfMonth = (day: Day): Day => addDays(addMonths(startOfMonth(day), 1), -1)

/** All days from one to the other, both included. */
export function daysFrom(from: Day, to: Day): Day[] {
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, i) => addDays(from, i))
}

/** Six weeks from the one in which a month begins: always as many, so that the days after its end can be dragged to. */
export function weeksOfMonth(day: Day, firstWeekday: number): Day[][] {
  const from = startOfWeek(startOfMonth(day), firstWeekday)
  const weekFrom = (week: number) => daysFrom(addDays(from, week * 7), addDays(from, week * 7 + 6))
  return [0, 1, 2, 3, 4, 5].map(weekFrom)
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Made once: making one takes a thousand times as long as asking it. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone)
  if (known) return known
  const options = { year: 'numeric', month: '2-digit', day: '2-digit', calendar: 'gregory' } as const
  let clock: Intl.DateTimeFormat
  try {
    clock = new Intl.DateTimeFormat('en-US', { ...options, timeZone: timeZone || undefined })
  } catch {
    clock = new Intl.DateTimeFormat('en-US', options)
  }
  clocks.set(timeZone, clock)
  return clock
}

/** The day that it is now in a time zone; where the browser is when there is none, or none that is known. */
export function today(timeZone?: string, now: Date | number = Date.now()): Day {
  const parts = Object.fromEntries(
    clockOf(timeZone || '')
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  )
  return `${parts.year}-${parts.month}-${parts.day}`
}

interface WeekInfo {
  firstDay: number
}

const sundays = 'US CA MX BR CO PE VE JP KR TW HK IN ID PH TH SG IL ZA PK BD KE'.split(' ')
const saturdays = 'AE AF BH DZ EG IQ IR JO KW LY OM QA SD SY'.split(' ')

/** The same by country, for browsers that do not tell. */
export function firstWeekdayIn(region = ''): number {
  if (sundays.includes(region)) return 0
  return saturdays.includes(region) ? 6 : 1
}

/** With which day the week begins for readers of a language: 0 is Sunday, 1 Monday, 6 Saturday. */
export function firstWeekdayOf(language: string): number {
  try {
    const locale = new Intl.Locale(language) as Intl.Locale & { getWeekInfo?: () => WeekInfo; weekInfo?: WeekInfo }
    const info = locale.getWeekInfo?.() ?? locale.weekInfo
    return info ? info.firstDay % 7 : firstWeekdayIn(locale.maximize().region)
  } catch {
    return 1
  }
}

/** A day in words: never shifted. */
export function formatDay(day: Day, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en', { ...options, timeZone: 'UTC' }).format(utc(day))
}

/** Two days and what is between, as the language writes it. */
export function formatDays(from: Day, to: Day, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en', { ...options, timeZone: 'UTC' }).formatRange(utc(from), utc(to))
}

/** "Mon 30 Nov", with the year when it is another one than now. */
export function shortDay(day: Day, now: Day = today()): string {
  const year = day.slice(0, 4) === now.slice(0, 4) ? undefined : ('numeric' as const)
  return formatDay(day, { weekday: 'short', day: 'numeric', month: 'short', year })
}

/** "Monday, 30 November 2026": for what is read out. */
export function longDay(day: Day): string {
  return formatDay(day, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
}
