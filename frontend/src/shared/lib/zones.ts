const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
    formats.set(zone, format)
  }
  return format
}

/** What the clocks of a zone show, as inputs of the browser want it: "2026-03-29T09:00". */
export function clockIn(when: string | Date, zone: string): string {
  const part = Object.fromEntries(
    formatOf(zone)
      .formatToParts(new Date(when))
      .map(({ type, value }) => [type, value]),
  )
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`
}

/**
 * The moment at which the clocks of a zone show that. Where they show it twice it is the first time; where they jump over
 * it, as much later as they jump.
 */
export function momentIn(clock: string, zone: string): Date {
  const wanted = Date.parse(`${clock}Z`)
  const offsetAt = (at: number) => Date.parse(`${clockIn(new Date(at), zone)}Z`) - Math.floor(at / 60_000) * 60_000
  const day = 86_400_000
  const [before, after] = [wanted - offsetAt(wanted - day), wanted - offsetAt(wanted + day)]
  return new Date(
    clockIn(new Date(before), zone) === clock || clockIn(new Date(after), zone) !== clock ? before : after,
  )
}

/** All zones that the browser knows, by their IANA names. */
export const zoneNames = () => ['UTC', ...Intl.supportedValuesOf('timeZone')]
