import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  daysBetween,
  daysFrom,
  endOfMonth,
  firstWeekdayIn,
  firstWeekdayOf,
  formatDay,
  isDay,
  startOfWeek,
  today,
  weekdayOf,
  weeksOfMonth,
} from './days'

const zones = Intl.supportedValuesOf('timeZone')
const hour = 3_600_000

/** The hours from one instant on in which the clock of a zone is put forward or back. */
function changesOf(zone: string, year: number): number[] {
  const offset = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  const at = (time: number) => offset.format(time).split(' ').at(-1)
  const found: number[] = []
  // two days are looked at by their ends; what differs is looked for by the hour
  for (let time = Date.UTC(year, 0, 1); time < Date.UTC(year + 1, 0, 1); time += 48 * hour) {
    if (at(time) === at(time + 48 * hour)) continue
    for (let h = time; h < time + 48 * hour; h += hour) if (at(h) !== at(h + hour)) found.push(h)
  }
  return found
}

/** A day as somebody reads it from the wall calendar of a zone. */
function wallOf(zone: string): (time: number) => string {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' })
  return (time) => clock.format(time)
}

describe('round the changes of the clock, in every time zone', () => {
  const changes = zones.flatMap((zone) => changesOf(zone, 2026).map((at) => ({ zone, at })))

  it('there are changes to look at', () => {
    expect(zones.length).toBeGreaterThan(400)
    expect(changes.length).toBeGreaterThan(250)
  })

  it('today is the day of the wall calendar, each hour of the four days round a change', () => {
    for (const { zone, at } of changes) {
      const wall = wallOf(zone)
      for (let time = at - 48 * hour; time <= at + 48 * hour; time += hour) {
        expect(today(zone, time), `${zone} ${new Date(time).toISOString()}`).toBe(wall(time))
      }
    }
  })

  it('a drag by some days lands on the day of that number, and back again', () => {
    for (const { zone, at } of changes) {
      const from = today(zone, at)
      for (let n = -8; n <= 8; n++) {
        const to = addDays(from, n)
        expect(isDay(to)).toBe(true)
        expect(daysBetween(from, to)).toBe(n)
        expect(addDays(to, -n)).toBe(from)
        expect(weekdayOf(to)).toBe((((weekdayOf(from) + n) % 7) + 7) % 7)
      }
    }
  })
})

it('the agenda has every day of three years once, in order, whatever zone the process is in', () => {
  const before = process.env.TZ
  for (const zone of [
    'Europe/Berlin',
    'America/New_York',
    'Pacific/Apia',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'UTC',
  ]) {
    process.env.TZ = zone
    const all = daysFrom('2026-01-01', '2028-12-31')
    expect(all).toHaveLength(1096)
    expect(new Set(all).size).toBe(1096)
    expect(all).toEqual(all.toSorted())
    for (const day of all) {
      expect(formatDay(day, { day: 'numeric' })).toBe(String(Number(day.slice(8))))
      expect(formatDay(day, { weekday: 'long' })).toBe(
        new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`)),
      )
    }
  }
  if (before === undefined) delete process.env.TZ
  else process.env.TZ = before
})

it('every month is six whole weeks that begin on the first weekday and hold each of its days', () => {
  for (let month = '2024-01-01'; month < '2029-01-01'; month = addMonths(month, 1)) {
    for (const first of [0, 1, 6]) {
      const weeks = weeksOfMonth(month, first)
      const all = weeks.flat()
      expect(weeks.every((week) => week.length === 7 && weekdayOf(week[0] ?? '') === first)).toBe(true)
      expect(all).toEqual(daysFrom(all[0] ?? '', all.at(-1) ?? ''))
      expect(all).toEqual(expect.arrayContaining(daysFrom(month, endOfMonth(month))))
      expect(weeks).toHaveLength(6)
      expect(startOfWeek(all[8] ?? '', first)).toBe(all[7])
    }
  }
})

it('months end where they end', () => {
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
  expect(addMonths('2028-01-31', 1)).toBe('2028-02-29')
  expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
  expect(addMonths('2026-01-15', -1)).toBe('2025-12-15')
  expect(endOfMonth('2028-02-03')).toBe('2028-02-29')
})

it('what is no day is none', () => {
  for (const no of ['2026-02-30', '2026-13-01', '2026-1-1', '', 'x', '0000-01-01', '2026-11-25T00:00', undefined, 5]) {
    expect(isDay(no), String(no)).toBe(false)
  }
  expect(isDay('2028-02-29')).toBe(true)
})

it('weeks begin where the reader expects it', () => {
  expect(firstWeekdayOf('en-US')).toBe(0)
  expect(firstWeekdayOf('de-DE')).toBe(1)
  expect(firstWeekdayOf('en-GB')).toBe(1)
  expect(firstWeekdayOf('ar-EG')).toBe(6)
  expect(firstWeekdayOf('not a language')).toBe(1)
})

it('browsers that do not tell are told by country, and agree with those that do', () => {
  for (const language of [
    'en-US',
    'en-GB',
    'de-DE',
    'fr-CA',
    'ja-JP',
    'pt-BR',
    'he-IL',
    'ar-EG',
    'sv-SE',
    'hi-IN',
    'en-ZA',
  ]) {
    expect(firstWeekdayIn(new Intl.Locale(language).region), language).toBe(firstWeekdayOf(language))
  }
})

it('an unknown time zone is that of the browser', () => {
  expect(today('Mars/Olympus', Date.UTC(2026, 5, 5, 12))).toBe(today(undefined, Date.UTC(2026, 5, 5, 12)))
})
