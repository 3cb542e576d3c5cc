import type { Collection } from '@/shared/api/generated/types.gen'
import classes from './Collections.module.css'

/** Colour and pictures of a collection; says nothing to screen readers. */
export function Cover({ collection }: { collection: Pick<Collection, 'tone' | 'pictures' | 'cover_id'> }) {
  return (
    <div
      className={classes.cover}
      data-tone={collection.tone ?? 0}
      data-chosen={Boolean(collection.cover_id) || undefined}
      aria-hidden
    >
      {collection.pictures.map((src) => (
        <img key={src} src={src} alt="" loading="lazy" />
      ))}
    </div>
  )
}
