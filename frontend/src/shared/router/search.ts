/** Parsers for `validateSearch`: what does not fit becomes undefined, so that no address can break a page. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value) // the router reads ?q=42 as a number
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function oneOf<const T extends string>(value: unknown, allowed: readonly T[]): T | undefined {
  return allowed.find((v) => v === value)
}

export function manyOf<const T extends string>(value: unknown, allowed: readonly T[]): T[] | undefined {
  const values = (Array.isArray(value) ? value : [value]).filter((v): v is T => allowed.includes(v as T))
  return values.length > 0 ? values : undefined
}

export function flag(value: unknown): true | undefined {
  return value === true || value === 'true' ? true : undefined
}
