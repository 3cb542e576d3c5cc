import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listSharesOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Share } from '@/shared/api/generated/types.gen'
import { timeAgo } from '@/shared/lib/format'
import { LinkAnchor } from '@/shared/ui/links'
import classes from './ResourcePage.module.css'

const shown = 5

/** Who outside has a resource, as far as one may see it: one's own shares, those of one's team, or all. */
export function WhoHasIt({ id }: { id: string }) {
  const { t } = useTranslation('library')
  const { data } = useQuery(listSharesOptions({ query: { resource: id, scope: 'all', limit: shown + 1 } }))
  if (!data || data.items.length === 0) return null
  const stateOf = (share: Share) => {
    if (share.state === 'opened' && share.last_view_at) return t('share.opened', { ago: timeAgo(share.last_view_at) })
    return share.state === 'unopened' ? t('share.unopened') : t('share.closed')
  }
  return (
    <section>
      <h2>{t('share.who')}</h2>
      <ul className={classes.lines}>
        {data.items.slice(0, shown).map((share) => (
          <li key={share.id}>
            <LinkAnchor to="/shares/$shareId" params={{ shareId: share.id }} size="sm">
              {[share.recipient, share.organisation].filter(Boolean).join(', ')}
            </LinkAnchor>
            <span className={classes.small}>
              {share.owner.name} · {stateOf(share)}
            </span>
          </li>
        ))}
      </ul>
      {data.items.length > shown && (
        <LinkAnchor to="/shares" search={{ resource: id, scope: 'all' }} size="sm">
          {t('share.all')}
        </LinkAnchor>
      )}
    </section>
  )
}
