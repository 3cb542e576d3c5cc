import { useTranslation } from 'react-i18next'
import type { Post } from '@/shared/api/generated/types.gen'
import { formatDate } from '@/shared/lib/format'
import { LinkAnchor } from '@/shared/ui/links'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import classes from './PostFacts.module.css'

/** Who wrote it, about what, and until when it may be shared. */
export function PostFacts({ post }: { post: Post }) {
  const { t } = useTranslation('posts')
  const { t: tn } = useTranslation('numbers')
  return (
    <dl className={classes.facts}>
      <dt>{t('field.owner')}</dt>
      <dd>
        <LinkAnchor to="/people/$personId" params={{ personId: post.owner.id }} inherit>
          {post.owner.name}
        </LinkAnchor>
      </dd>
      <dt>{t('fact.writer')}</dt>
      <dd>
        <LinkAnchor to="/people/$personId" params={{ personId: post.writer.id }} inherit>
          {post.writer.name}
        </LinkAnchor>
        , <TimeAgo when={post.created_at} />
      </dd>
      <dt>{t('field.network')}</dt>
      <dd>{tn(`network.${post.network}`)}</dd>
      {post.resource_id && (
        <>
          <dt>{t('fact.about')}</dt>
          <dd>
            <LinkAnchor to="/library/$resourceId" params={{ resourceId: post.resource_id }} inherit>
              {post.resource_title}
            </LinkAnchor>
          </dd>
        </>
      )}
      {post.expires_at && (
        <>
          <dt>{t('fact.expires')}</dt>
          <dd>{formatDate(post.expires_at)}</dd>
        </>
      )}
    </dl>
  )
}
