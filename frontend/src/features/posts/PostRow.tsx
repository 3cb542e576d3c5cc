import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Post } from '@/shared/api/generated/types.gen'
import { formatDate, formatNumber } from '@/shared/lib/format'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { StateBadge } from '@/shared/ui/StateBadge'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import classes from './PostRow.module.css'

interface PostRowProps {
  post: Post
  /** Shows whose it is; one's own inbox needs no names. */
  withOwner?: boolean
}

export function PostRow({ post, withOwner = false }: PostRowProps) {
  const { t } = useTranslation('posts')
  const { t: tn } = useTranslation('numbers')
  const [first = '', ...more] = post.text.split('\n').filter((line) => line.trim())
  const person = withOwner ? post.owner : post.writer
  const isOpen = post.state === 'offered' || post.state === 'sealed'
  return (
    <Link to="/posts/$postId" params={{ postId: post.id }} className={classes.row} data-post-row>
      <PersonAvatar person={person} size={36} />
      <span className={classes.words}>
        <span className={classes.first}>{first}</span>
        <span className={classes.more}>{more.join(' ')}</span>
        <span className={classes.meta}>
          <span>{withOwner ? t('row.for', { name: post.owner.name }) : t('row.by', { name: post.writer.name })}</span>
          <span>{tn(`network.${post.network}`)}</span>
          <span>
            <TimeAgo when={post.shared_at ?? post.updated_at} />
          </span>
          {isOpen && post.expires_at && <span>{t('row.until', { date: formatDate(post.expires_at) })}</span>}
        </span>
      </span>
      <span className={classes.end}>
        <StateBadge state={post.state} />
        {post.state === 'shared' && post.link_url && (
          <span className={classes.clicks}>
            {t('row.clicks', { count: post.human_clicks, n: formatNumber(post.human_clicks) })}
          </span>
        )}
      </span>
    </Link>
  )
}
