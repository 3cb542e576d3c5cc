import { ActionIcon, CopyButton, Text } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Post } from '@/shared/api/generated/types.gen'
import { ToneBadge } from '@/shared/ui/StateBadge'
import { Tip } from '@/shared/ui/Tip'
import classes from './PostFacts.module.css'

/** The tracked link: where it leads, and whether it is open. */
export function LinkPanel({ post }: { post: Post }) {
  const { t } = useTranslation('posts')
  const { t: tc } = useTranslation()
  if (!post.link_url) {
    return (
      <Text size="sm" c="dimmed">
        {t('link.none')}
      </Text>
    )
  }
  return (
    <div>
      <div className={classes.linkRow}>
        <span className={classes.url}>{post.link_url.replace(/^https?:\/\//, '')}</span>
        <CopyButton value={post.link_url}>
          {({ copied, copy }) => (
            <Tip label={copied ? tc('action.copied') : t('link.copy')}>
              <ActionIcon size="lg" onClick={copy} aria-label={t('link.copy')} disabled={!post.link_active}>
                {copied ? <IconCheck size={17} /> : <IconCopy size={17} />}
              </ActionIcon>
            </Tip>
          )}
        </CopyButton>
      </div>
      <ToneBadge tone={post.link_active ? 'green' : 'neutral'}>
        {post.link_active ? t('link.active') : t('link.inactive')}
      </ToneBadge>
      <p className={classes.hint}>
        {post.link_active ? t('link.activeHint') : t(`link.inactiveHint.${isOver(post.state) ? 'over' : 'before'}`)}{' '}
        {t('link.target')} <span className={classes.target}>{post.link_target}</span>
      </p>
    </div>
  )
}

function isOver(state: Post['state']): boolean {
  return state === 'declined' || state === 'expired' || state === 'recalled'
}
