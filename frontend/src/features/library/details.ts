import type { Resource, UpdateResourceData } from '@/shared/api/generated/types.gen'
import { clockIn, momentIn } from '@/shared/lib/zones'

/** The times are shown, and meant, in the zone in which they were stated; new ones in the one of the profile. */
export function valuesOf(resource: Resource, myZone: string) {
  const zone = resource.dates_zone || myZone
  const clock = (when: string | undefined) => (when ? clockIn(when, zone) : '')
  const { title, summary, content_type, lang, taxonomy, shareable, downloads, public_url } = resource
  return {
    title,
    summary,
    content_type,
    lang,
    taxonomy: structuredClone(taxonomy),
    shareable,
    downloads: { ...downloads },
    public_url,
    owner_id: resource.owner?.id ?? null,
    review_due_on: resource.review_due_on ?? '',
    dates_zone: zone,
    release_at: clock(resource.release_at),
    expires_at: clock(resource.expires_at),
  }
}

/** What the form says, as the API takes it: empty fields are left out, which clears them. */
export function bodyOf(values: ReturnType<typeof valuesOf>): UpdateResourceData['body'] {
  const moment = (clock: string) => (clock ? momentIn(clock, values.dates_zone).toISOString() : undefined)
  return {
    ...values,
    dates_zone: values.release_at || values.expires_at ? values.dates_zone : '',
    owner_id: values.owner_id ?? undefined,
    review_due_on: values.review_due_on || undefined,
    release_at: moment(values.release_at),
    expires_at: moment(values.expires_at),
  }
}
