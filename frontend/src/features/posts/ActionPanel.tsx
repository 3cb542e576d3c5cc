import { Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { IconBan, IconPencil, IconSend, IconShieldCheck } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Post } from '@/shared/api/generated/types.gen'
import { formatDateTime } from '@/shared/lib/format'
import { useMe } from '@/shared/session/session'
import { LinkButton } from '@/shared/ui/links'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import classes from './ActionPanel.module.css'
import type { PostSteps } from './api'
import { CopyAgain, ShareTools } from './ShareTools'
import { shortHash } from './shortHash'

const SealDialog = lazy(() => import('./SealDialog').then((m) => ({ default: m.SealDialog })))
const PostedDialog = lazy(() => import('./PostedDialog').then((m) => ({ default: m.PostedDialog })))
const ReasonDialog = lazy(() => import('./ReasonDialog').then((m) => ({ default: m.ReasonDialog })))

interface ActionPanelProps {
  post: Post
  steps: PostSteps
  isEditing: boolean
  isSealing: boolean
  onEdit: () => void
  onSeal: (isOpen: boolean) => void
}

/** What is next for this post, and who has to do it. */
export function ActionPanel({ post, steps, isEditing, isSealing, onEdit, onSeal }: ActionPanelProps) {
  const { t } = useTranslation('posts')
  const me = useMe()
  const [asking, setAsking] = useState<'posted' | 'decline' | 'recall'>()
  const isOwner = me.id === post.owner.id
  const may = (step: string) => post.allowed.includes(step)
  const name = post.owner.name.split(' ')[0] ?? post.owner.name
  const role = isOwner ? 'owner' : 'writer'
  const close = () => setAsking(undefined)

  return (
    <section className={classes.panel} data-state={post.state} aria-label={t('next')}>
      <h2 className={classes.title}>{t(`status.${post.state}.${role}.title`, { name })}</h2>
      <p className={classes.text}>{t(`status.${post.state}.${role}.text`, { name })}</p>
      {post.reason && <blockquote className={classes.reason}>{post.reason}</blockquote>}
      {post.sealed_at && (
        <Text size="xs" c="dimmed" mb="sm" title={post.hash}>
          {t('sealedAt', { time: formatDateTime(post.sealed_at), hash: shortHash(post.hash) })}
        </Text>
      )}
      {post.shared_at && (
        <Text size="sm" mb="sm">
          <TimeAgo when={post.shared_at} />
          {/^https?:\/\//.test(post.shared_url) && (
            <>
              {' · '}
              <Anchor href={post.shared_url} target="_blank" rel="noopener noreferrer" size="sm">
                {t('sharedUrl')}
              </Anchor>
            </>
          )}
        </Text>
      )}
      <Stack gap="xs">
        {may('seal') && (
          <Button leftSection={<IconShieldCheck size={17} />} onClick={() => onSeal(true)} disabled={isEditing}>
            {t('action.seal')}
          </Button>
        )}
        {isOwner && may('edit') && post.state === 'offered' && (
          <Button variant="default" leftSection={<IconPencil size={16} />} onClick={onEdit} disabled={isEditing}>
            {t('action.adapt')}
          </Button>
        )}
        {isOwner && (post.state === 'offered' || post.state === 'sealed') && <ShareTools post={post} />}
        {may('share') && (
          <Button variant="light" leftSection={<IconSend size={16} />} onClick={() => setAsking('posted')}>
            {t('action.posted')}
          </Button>
        )}
        {may('offer') && (
          <Button
            leftSection={<IconSend size={16} />}
            loading={steps.offer.isPending}
            onClick={() => steps.offer.mutate({ path: steps.path })}
          >
            {post.state === 'declined' ? t('action.offerAgain') : t('action.offer', { name })}
          </Button>
        )}
        {!isOwner && may('edit') && (
          <LinkButton
            to="/posts/$postId/edit"
            params={{ postId: post.id }}
            variant="default"
            leftSection={<IconPencil size={16} />}
          >
            {t('action.edit')}
          </LinkButton>
        )}
        <Group gap={4} className={classes.small}>
          {isOwner && post.state === 'shared' && <CopyAgain post={post} />}
          {isOwner && may('edit') && post.state === 'sealed' && (
            <Button variant="subtle" size="compact-sm" color="gray" onClick={onEdit} disabled={isEditing}>
              {t('action.adapt')}
            </Button>
          )}
          {may('decline') && (
            <Button variant="subtle" size="compact-sm" color="gray" onClick={() => setAsking('decline')}>
              {t('action.decline')}
            </Button>
          )}
          {may('recall') && (!may('decline') || post.state === 'shared') && (
            <Button
              variant="subtle"
              size="compact-sm"
              color="gray"
              leftSection={<IconBan size={14} />}
              onClick={() => setAsking('recall')}
            >
              {t('action.recall')}
            </Button>
          )}
        </Group>
      </Stack>
      <Suspense>
        {isSealing && <SealDialog post={post} steps={steps} onClose={() => onSeal(false)} />}
        {asking === 'posted' && <PostedDialog steps={steps} onClose={close} />}
        {(asking === 'decline' || asking === 'recall') && <ReasonDialog step={asking} steps={steps} onClose={close} />}
      </Suspense>
    </section>
  )
}
