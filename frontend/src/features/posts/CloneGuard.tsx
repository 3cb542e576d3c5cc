import { Text } from '@mantine/core'
import { IconCopyOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PostSibling } from '@/shared/api/generated/types.gen'
import { formatPercent } from '@/shared/lib/format'
import classes from './CloneGuard.module.css'

interface CloneGuardProps {
  siblings: PostSibling[]
  isOwner: boolean
}

/** Warns where other people's posts say the same word for word: that looks bought. */
export function CloneGuard({ siblings, isOwner }: CloneGuardProps) {
  const { t } = useTranslation('posts')
  const most = siblings.reduce<PostSibling | undefined>((a, b) => (a && a.share >= b.share ? a : b), undefined)
  if (!most) return null
  return (
    <div className={classes.guard} role="note">
      <IconCopyOff size={18} aria-hidden className={classes.icon} />
      <div>
        <Text size="sm" fw={600}>
          {t('clones.title', { share: formatPercent(most.share), name: most.owner, count: siblings.length - 1 })}
        </Text>
        <Text size="sm" mt={2}>
          {t(isOwner ? 'clones.owner' : 'clones.writer')}
        </Text>
      </div>
    </div>
  )
}
