import { ActionIcon, CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconLink, IconStar, IconStarFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Resource } from '@/shared/api/generated/types.gen'
import { linkOf } from './link'

interface CardActionsProps {
  resource: Resource
  onFavourite: (resource: Resource) => void
  className?: string
}

/** What one does most with a resource: keep it, hand its link on. */
export function CardActions({ resource, onFavourite, className }: CardActionsProps) {
  const { t } = useTranslation('library')
  const favourite = resource.favourite ? t('favourite.remove') : t('favourite.add')
  return (
    <div className={className}>
      <Tooltip label={favourite}>
        <ActionIcon
          size={34}
          aria-pressed={resource.favourite}
          aria-label={t('favourite.of', { title: resource.title })}
          data-on={resource.favourite || undefined}
          onClick={() => onFavourite(resource)}
        >
          {resource.favourite ? <IconStarFilled size={17} /> : <IconStar size={17} stroke={1.7} />}
        </ActionIcon>
      </Tooltip>
      <CopyButton value={linkOf(resource.id)}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t('link.copied') : t('link.copy')}>
            <ActionIcon size={34} aria-label={t('link.of', { title: resource.title })} onClick={copy}>
              {copied ? <IconCheck size={17} /> : <IconLink size={17} stroke={1.7} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </div>
  )
}
