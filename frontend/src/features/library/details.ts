import type { Resource, UpdateResourceData } from '@/shared/api/generated/types.gen'

/** A time as an input of the browser wants it: local, without seconds. */
export function toLocal(when: string | undefined): string {
  if (!when) return ''
  const date = new Date(when)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

export function valuesOf(resource: Resource) {
  const { title, summary, content_type, lang, taxonomy, shareable, public_url } = resource
  return {
    title,
    summary,
    content_type,
    lang,
    taxonomy: structuredClone(taxonomy),
    shareable,
    public_url,
    owner_id: resource.owner?.id ?? null,
    review_due_on: resource.review_due_on ?? '',
    release_at: toLocal(resource.release_at),
    expires_at: toLocal(resource.expires_at),
  }
}

const toIso = (local: string) => (local ? new Date(local).toISOString() : undefined)

/** What the form says, as the API takes it: empty fields are left out, which clears them. */
export function bodyOf(values: ReturnType<typeof valuesOf>): UpdateResourceData['body'] {
  return {
    ...values,
    owner_id: values.owner_id ?? undefined,
    review_due_on: values.review_due_on || undefined,
    release_at: toIso(values.release_at),
    expires_at: toIso(values.expires_at),
  }
}
