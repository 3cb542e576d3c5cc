import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { SearchHit } from '@/shared/api/generated/types.gen'
import { formatDate } from '@/shared/lib/format'
import { splitMarks } from '@/shared/lib/marks'
import { Marked } from '@/shared/ui/Marked'
import { StateBadge } from '@/shared/ui/StateBadge'
import { Why } from '@/shared/why/Why'
import { HitPicture } from './HitIcon'
import { firstLine, linkOf, placeOf, plain, typeLabel } from './hits'
import classes from './SearchPage.module.css'

/** One result: what it is, why it fits, where in it the words are. */
export function ResultRow({ hit }: { hit: SearchHit }) {
  const { t } = useTranslation('search')
  const { t: tc } = useTranslation()
  const place = placeOf(hit)
  const name = firstLine(hit.title_marked || hit.title)
  // a post has no title but its beginning, which need not be read twice
  const isTitle = !place && plain(hit.snippet).startsWith(plain(name))
  const isPerson = hit.type === 'person'
  const facts = [
    hit.type === 'draft' && t('kind.draft'),
    hit.type === 'post' && t('kind.post'),
    isPerson ? tc(`side.${hit.state as 'sales'}`) : hit.content_type && typeLabel(hit.content_type),
    !isPerson && formatDate(hit.at),
  ].filter(Boolean)
  return (
    <Link {...linkOf(hit)} className={classes.row} data-hit>
      <span className={classes.icon} data-page={Boolean(hit.picture_url) || undefined}>
        <HitPicture hit={hit} />
      </span>
      <span className={classes.words}>
        <span className={classes.title} data-long={isTitle || undefined}>
          <Marked segments={splitMarks(isTitle ? hit.snippet : name)} />
        </span>
        <span className={classes.facts}>
          {facts.join(' · ')}
          {!isPerson && hit.state !== 'live' && <StateBadge state={hit.state} />}
        </span>
        {hit.snippet && !isTitle && (
          <span className={classes.snippet}>
            {place && <span className={classes.page}>{place}</span>}
            <Marked segments={splitMarks(hit.snippet)} />
          </span>
        )}
        <Why reasons={hit.why} without={isTitle ? ['page', 'text'] : ['page']} />
      </span>
    </Link>
  )
}
