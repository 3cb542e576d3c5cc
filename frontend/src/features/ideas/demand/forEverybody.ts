import type { Resource } from '@/shared/api/generated/types.gen'

/** Whether everybody can read it now. The server decides; this keeps out of a list what it would refuse. */
export function isForEverybody(
  { state, release_at, expires_at }: Pick<Resource, 'state' | 'release_at' | 'expires_at'>,
  now = Date.now(),
): boolean {
  if (state !== 'live' && state !== 'review_due') return false
  return !(release_at && Date.parse(release_at) > now) && !(expires_at && Date.parse(expires_at) <= now)
}
