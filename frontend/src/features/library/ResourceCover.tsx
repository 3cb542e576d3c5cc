import { useState } from 'react'
import type { Resource } from '@/shared/api/generated/types.gen'
import { contentTypeIcon } from '@/shared/lib/contentType'
import classes from './ResourceCover.module.css'

interface ResourceCoverProps {
  resource: Pick<Resource, 'content_type' | 'preview_url' | 'file_kind' | 'summary' | 'match' | 'cover'>
  isSmall?: boolean
}

/** The page that was found, the first page or the picture of a resource; a sheet with its type where there is none. Says nothing to screen readers. */
export function ResourceCover({ resource, isSmall = false }: ResourceCoverProps) {
  const [isBroken, setBroken] = useState(false)
  const Icon = contentTypeIcon(resource.content_type)
  const found = resource.match?.picture_url
  const source = found ? found.replace('width=240', `width=${isSmall ? 240 : 800}`) : resource.preview_url
  const isOwn = !found && resource.cover?.page === 0 // an uploaded picture, whatever its files are
  if (source && !isBroken) {
    return (
      <span
        className={classes.cover}
        data-kind={isOwn ? 'image' : resource.file_kind}
        data-small={isSmall || undefined}
      >
        <img src={source} alt="" loading="lazy" onError={() => setBroken(true)} />
      </span>
    )
  }
  return (
    <span className={classes.cover} data-type={resource.content_type} data-small={isSmall || undefined} aria-hidden>
      <span className={classes.sheet}>
        <Icon size={isSmall ? 18 : 22} stroke={1.5} />
        {!isSmall && <span className={classes.words}>{resource.summary}</span>}
      </span>
    </span>
  )
}
