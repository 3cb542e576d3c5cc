import { IconBulb, IconPencil, IconSpeakerphone, IconUser } from '@tabler/icons-react'
import { useState } from 'react'
import type { SearchHit } from '@/shared/api/generated/types.gen'
import { contentTypeIcon } from '@/shared/lib/contentType'

const icons = { idea: IconBulb, draft: IconPencil, post: IconSpeakerphone, person: IconUser }

interface HitPictureProps {
  hit: Pick<SearchHit, 'type' | 'content_type' | 'picture_url'>
  className?: string
}

/** The page that was found, small; else what kind of thing it is. */
export function HitPicture({ hit, className }: HitPictureProps) {
  const [isBroken, setBroken] = useState(false)
  if (!hit.picture_url || isBroken) return <HitIcon hit={hit} />
  return <img className={className} src={hit.picture_url} alt="" loading="lazy" onError={() => setBroken(true)} />
}

/** What kind of thing a hit is. */
export function HitIcon({ hit }: { hit: Pick<SearchHit, 'type' | 'content_type'> }) {
  const Icon = hit.type === 'resource' ? contentTypeIcon(hit.content_type) : icons[hit.type]
  return <Icon size={17} stroke={1.6} aria-hidden />
}
