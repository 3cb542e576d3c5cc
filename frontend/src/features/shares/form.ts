import type { NewShare, Share, ShareFields } from '@/shared/api/generated/types.gen'

export const expiries = ['7', '30', '90', '0', 'custom'] as const
export type Expiry = (typeof expiries)[number]

export interface ShareValues {
  title: string
  recipient: string
  organisation: string
  email: string
  note: string
  expiry: Expiry
  expires_at: string
  passcode: string
  withoutPasscode: boolean
  email_gate: boolean
  domains: string[]
  downloads: boolean
  once: boolean
}

export const emptyValues: ShareValues = {
  title: '',
  recipient: '',
  organisation: '',
  email: '',
  note: '',
  expiry: '30',
  expires_at: '',
  passcode: '',
  withoutPasscode: false,
  email_gate: false,
  domains: [],
  downloads: true,
  once: false,
}

/** A time as an input of the browser wants it: local, without seconds. */
function toLocal(when: string | undefined): string {
  if (!when) return ''
  const date = new Date(when)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

export function valuesOf(share: Share): ShareValues {
  const { title, recipient, organisation, email, note, email_gate, domains, downloads, once } = share
  return {
    ...emptyValues,
    title,
    recipient,
    organisation,
    email,
    note,
    email_gate,
    domains,
    downloads,
    once,
    expiry: share.expires_at ? 'custom' : '0',
    expires_at: toLocal(share.expires_at),
  }
}

function expiresAt({ expiry, expires_at }: ShareValues, now: Date): string | undefined {
  if (expiry === '0') return undefined
  if (expiry === 'custom') return expires_at ? new Date(expires_at).toISOString() : undefined
  return new Date(now.getTime() + Number(expiry) * 86_400_000).toISOString()
}

/** What the form says, as the API takes it. An untouched passcode is left out, which keeps the one that there is. */
export function fieldsOf(values: ShareValues, now = new Date()): ShareFields {
  const { recipient, organisation, email, note, email_gate, domains, downloads, passcode, withoutPasscode } = values
  return {
    title: values.title.trim() || undefined,
    recipient: recipient.trim(),
    organisation: organisation.trim(),
    email: email.trim(),
    note: note.trim(),
    email_gate,
    domains: email_gate ? domains.flatMap((d) => d.split(/[\s,;]+/)).filter(Boolean) : [],
    downloads,
    passcode: withoutPasscode ? '' : passcode || undefined,
    expires_at: expiresAt(values, now),
  }
}

/** What is shared: some resources, or all of a collection that may leave. */
export type What = Pick<NewShare, 'resources' | 'collection_id'>

export function newShareOf(values: ShareValues, what: What, now = new Date()): NewShare {
  return { ...fieldsOf(values, now), ...what, once: values.once }
}

/** Twelve characters that nobody mixes up when they are read aloud. */
export function suggestPasscode(): string {
  const alphabet = '23456789abcdefghjkmnpqrstuvwxyz'
  const random = crypto.getRandomValues(new Uint32Array(12))
  const letters = [...random].map((n) => alphabet[n % alphabet.length])
  return [0, 4, 8].map((at) => letters.slice(at, at + 4).join('')).join('-')
}
