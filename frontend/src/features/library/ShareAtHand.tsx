import { Button } from '@mantine/core'
import { IconShare } from '@tabler/icons-react'
import { type RefObject, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Resource } from '@/shared/api/generated/types.gen'
import { openShare } from '@/shared/ui/overlays'
import { mayShare } from './freshness'
import classes from './ShareAtHand.module.css'

interface ShareAtHandProps {
  resource: Resource
  /** Where the buttons of the page are, sharing first. */
  actionsRef: RefObject<HTMLElement | null>
}

/** On a phone: the way to share at the thumb while the buttons of the page are out of sight, at the page that was found say. */
export function ShareAtHand({ resource, actionsRef }: ShareAtHandProps) {
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
  return (
    <Button
      className={classes.button}
      radius="xl"
      leftSection={<IconShare size={18} />}
      onClick={() => openShare([resource])}
    >
      {t('share.button')}
    </Button>
  )
}
