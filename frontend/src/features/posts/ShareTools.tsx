import { Button, Text } from '@mantine/core'
import { IconCheck, IconCopy, IconDownload, IconExternalLink, IconShare2 } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Post } from '@/shared/api/generated/types.gen'
import { toast } from '@/shared/ui/toast'
import { copyText } from './clipboard'
import { composed, composerOf, takesText } from './network'

/** Copies what was sealed; the button says so for two seconds. */
function useCopy(post: Post) {
  const { t } = useTranslation('posts')
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = () =>
    copyText(composed(post)).then(
      () => setCopied(true),
      () => toast.error(t('share.copyFailed')),
    )
  return { isCopied, copy }
}

/** Copy, the network's composer, and on phones the system's share sheet: closed until the seal. */
export function ShareTools({ post }: { post: Post }) {
  const { t } = useTranslation('posts')
  const { t: tn } = useTranslation('numbers')
  const { t: tc } = useTranslation()
  const { isCopied, copy } = useCopy(post)
  const isSealed = post.state === 'sealed'
  const network = tn(`network.${post.network}`)
  const composer = composerOf(post.network, post, post.resource_title)
  const canShare = typeof navigator.share === 'function'

  const handleShare = () =>
    // a share sheet that is closed again is no failure
    void navigator.share({ text: composed(post) }).catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === 'AbortError')) toast.error(t('share.shareFailed'))
    })

  return (
    <>
      <Button
        variant={isSealed ? 'filled' : 'default'}
        leftSection={isCopied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        disabled={!isSealed}
        onClick={() => void copy()}
      >
        {isCopied ? tc('action.copied') : t('share.copy')}
      </Button>
      {composer &&
        (isSealed ? (
          <Button
            component="a"
            href={composer}
            target={composer.startsWith('mailto:') ? undefined : '_blank'}
            rel="noopener noreferrer"
            variant="default"
            leftSection={<IconExternalLink size={16} />}
            // the composer of these networks starts empty: the text goes by clipboard
            onClick={() => !takesText(post.network) && void copy()}
          >
            {t('share.open', { network })}
          </Button>
        ) : (
          <Button variant="default" leftSection={<IconExternalLink size={16} />} disabled>
            {t('share.open', { network })}
          </Button>
        ))}
      {canShare && isSealed && (
        <Button variant="default" leftSection={<IconShare2 size={16} />} onClick={handleShare} hiddenFrom="sm">
          {t('share.system')}
        </Button>
      )}
      {post.media_asset_id && isSealed && (
        <Button
          component="a"
          href={`/api/v1/assets/${post.media_asset_id}/download`}
          variant="default"
          leftSection={<IconDownload size={16} />}
        >
          {t('share.media')}
        </Button>
      )}
      <Text size="xs" c="dimmed" mb={4}>
        {isSealed ? t(takesText(post.network) ? 'share.hintText' : 'share.hintPaste', { network }) : t('share.closed')}
      </Text>
    </>
  )
}

/** The same words once more, for a post that is out. */
export function CopyAgain({ post }: { post: Post }) {
  const { t } = useTranslation('posts')
  const { t: tc } = useTranslation()
  const { isCopied, copy } = useCopy(post)
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      color="gray"
      leftSection={isCopied ? <IconCheck size={14} /> : <IconCopy size={14} />}
      onClick={() => void copy()}
    >
      {isCopied ? tc('action.copied') : t('share.copy')}
    </Button>
  )
}
