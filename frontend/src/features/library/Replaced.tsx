import { Alert } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getSuccessorOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { LinkAnchor } from '@/shared/ui/links'

/** Leads from an archived resource, or from one that is not there for the reader any more, to what took its place. */
export function Replaced({ id }: { id: string }) {
  const { t } = useTranslation('library')
  const { data } = useQuery({ ...getSuccessorOptions({ path: { id } }), retry: false })
  if (!data) return null
  return (
    <Alert color="ink" variant="light" icon={<IconArrowRight size={18} />} title={t('replace.replaced')} mb="lg">
      <LinkAnchor to="/library/$resourceId" params={{ resourceId: data.id }}>
        {data.title}
      </LinkAnchor>
    </Alert>
  )
}
