import { Button } from '@mantine/core'
import { IconShare } from '@tabler/icons-react'
import { type RefObject, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ResourcePage } from '@/shared/api/generated/types.gen'
import { openShare } from '@/shared/ui/overlays'
import { mayShare } from './freshness'
import classes from './ShareAtHand.module.css'

interface ShareAtHandProps {
  resource: ResourcePage
  /** Where the buttons of the page are, sharing first. */
  actionsRef: RefObject<HTMLElement | null>
  /** Where one reads: the file, the first that has pages when it is not said, and its page. */
  file?: string
  page?: number
}

/**
 * On a phone: the way to share at the thumb while the buttons of the page are out of sight. Who reads a page, the one that
 * was found say, shares the resource opened there.
 */
export function ShareAtHand({ resource, actionsRef, file, page }: ShareAtHandProps) {
  const { t } = useTranslation('library')
  const [isAway, setAway] = useState(false)
  useEffect(() => {
    const share = actionsRef.current?.firstElementChild
    if (!share) return
    const handleMove = ([entry]: IntersectionObserverEntry[]) => setAway(entry !== undefined && !entry.isIntersecting)
    const observer = new IntersectionObserver(handleMove, { rootMargin: '-54px 0px 0px' }) // the bar at the top
    observer.observe(share)
    return () => observer.disconnect()
  }, [actionsRef])
  if (!isAway || !mayShare(resource)) return null
  const read = resource.assets.filter((a) => a.viewer === 'pages' || a.viewer === 'text')
  const asset = read.find((a) => a.id === file) ?? (file ? undefined : read[0])
  const at = asset && page ? { asset: asset.id, page } : undefined
  return (
    <Button
      className={classes.button}
      radius="xl"
      leftSection={<IconShare size={18} />}
      onClick={() => openShare([resource], at)}
    >
      {t('share.button')}
    </Button>
  )
}
