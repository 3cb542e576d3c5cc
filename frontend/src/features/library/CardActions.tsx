import { ActionIcon, CopyButton } from '@mantine/core'
import { IconCheck, IconLink, IconShare, IconStack2, IconStar, IconStarFilled } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Resource } from '@/shared/api/generated/types.gen'
import { useMe } from '@/shared/session/session'
import { openShare } from '@/shared/ui/overlays'
import { Tip } from '@/shared/ui/Tip'
import { mayMake } from './collections/rule'
import { linkOf } from './link'

const AddToCollection = lazy(() =>
  import('./collections/AddToCollection').then((m) => ({ default: m.AddToCollection })),
)

interface CardActionsProps {
  resource: Resource
  onFavourite: (resource: Resource) => void
  className?: string
}

/** What one does most with a resource: keep it, hand its link on. */
export function CardActions({ resource, onFavourite, className }: CardActionsProps) {
  const { t } = useTranslation('library')
  const me = useMe()
  const [isCollecting, setCollecting] = useState(false)
  const favourite = resource.favourite ? t('favourite.remove') : t('favourite.add')
  return (
    <div className={className}>
      <Tip label={favourite}>
        <ActionIcon
          size={34}
          aria-pressed={resource.favourite}
          aria-label={t('favourite.of', { title: resource.title })}
          data-on={resource.favourite || undefined}
          onClick={() => onFavourite(resource)}
        >
          {resource.favourite ? <IconStarFilled size={17} /> : <IconStar size={17} stroke={1.7} />}
        </ActionIcon>
      </Tip>
      {resource.shareable && (
        <Tip label={t('share.button')}>
          <ActionIcon
            size={34}
            aria-label={t('share.of', { title: resource.title })}
            onClick={() => openShare([resource])}
          >
            <IconShare size={17} stroke={1.7} />
          </ActionIcon>
        </Tip>
      )}
      <CopyButton value={linkOf(resource.id)}>
        {({ copied, copy }) => (
          <Tip label={copied ? t('link.copied') : t('link.copy')}>
            <ActionIcon size={34} aria-label={t('link.of', { title: resource.title })} onClick={copy}>
              {copied ? <IconCheck size={17} /> : <IconLink size={17} stroke={1.7} />}
            </ActionIcon>
          </Tip>
        )}
      </CopyButton>
      {mayMake(me) && (
        <Tip label={t('collections.add')}>
          <ActionIcon
            size={34}
            aria-label={t('collections.addOf', { title: resource.title })}
            onClick={() => setCollecting(true)}
          >
            <IconStack2 size={17} stroke={1.7} />
          </ActionIcon>
        </Tip>
      )}
      <Suspense>
        {isCollecting && <AddToCollection resource={resource} onClose={() => setCollecting(false)} />}
      </Suspense>
    </div>
  )
}
