import type { Share } from '@/shared/api/generated/types.gen'

export type Known = Pick<Share, 'recipient' | 'organisation' | 'email'>

/** The last few different people of a list of shares, newest first. */
export function recipientsOf(shares: Known[], most = 4): Known[] {
  const found = new Map<string, Known>()
  for (const { recipient, organisation, email } of shares) {
    const key = `${recipient.toLowerCase()} ${organisation.toLowerCase()}`
    if (!found.has(key)) found.set(key, { recipient, organisation, email })
  }
  const all = [...found.values()]
  const isKnownBetter = (k: Known) =>
    k.organisation === '' && all.some((o) => o.organisation && o.recipient.toLowerCase() === k.recipient.toLowerCase())
  return all.filter((k) => !isKnownBetter(k)).slice(0, most)
}

/** The link of a share, at the page at which it is to open. */
export function linkAt(url: string, at?: { asset: string; page: number }): string {
  return at ? `${url}#p-${at.asset}-${at.page}` : url
}
