import { IconBulb, IconPencil, IconSpeakerphone, IconUser } from '@tabler/icons-react'
import type { SearchHit } from '@/shared/api/generated/types.gen'
import { contentTypeIcon } from '@/shared/lib/contentType'

const icons = { idea: IconBulb, draft: IconPencil, post: IconSpeakerphone, person: IconUser }

/** What kind of thing a hit is. */
export function HitIcon({ hit }: { hit: Pick<SearchHit, 'type' | 'content_type'> }) {
  const Icon = hit.type === 'resource' ? contentTypeIcon(hit.content_type) : icons[hit.type]
  return <Icon size={17} stroke={1.6} aria-hidden />
}
