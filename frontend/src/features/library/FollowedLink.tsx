import { Alert } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listResourceVersionsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { ResourcePage } from '@/shared/api/generated/types.gen'
import { LinkAnchor } from '@/shared/ui/links'
import { followed } from './followed'

interface FollowedLinkProps {
  resource: ResourcePage
  version: number | undefined
  file: string | undefined
  onClose: () => void
}

/** Says that the link which one followed was made for an older version, and leads to what changed. */
export function FollowedLink({ resource, version, file, onClose }: FollowedLinkProps) {
  const { t } = useTranslation('library')
  const { t: tc } = useTranslation()
  const { data } = useQuery(listResourceVersionsOptions({ path: { id: resource.id } }))
  const old = data && followed(data.items, version, file)
  if (!old) return null
  return (
    <Alert
      color="ink"
      variant="light"
      mb="lg"
      icon={<IconHistory size={18} />}
      withCloseButton
      closeButtonLabel={tc('action.close')}
      onClose={onClose}
      title={t('followed.title', { number: resource.version })}
    >
      {t('followed.body', { number: old })}{' '}
      <LinkAnchor
        to="/library/$resourceId/versions"
        params={{ resourceId: resource.id }}
        search={{ from: old, to: resource.version }}
      >
        {t('followed.see')}
      </LinkAnchor>
    </Alert>
  )
}
