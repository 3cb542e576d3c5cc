/** Enough of a hash to compare by eye. */
export function shortHash(hash: string): string {
  return [hash.slice(0, 4), hash.slice(4, 8), hash.slice(8, 12)].join('\u00a0')
}
