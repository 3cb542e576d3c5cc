import { Select, type SelectProps } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listResourcesOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Resource } from '@/shared/api/generated/types.gen'
import { useResource } from './useResource'

interface ResourceFieldProps extends Omit<SelectProps, 'value' | 'onChange' | 'data'> {
  value: string | null
  onChange: (id: string | null, resource: Resource | undefined) => void
}

/** What the post is about: one of the newest hundred pieces, or the one that the address names. */
export function ResourceField({ value, onChange, ...props }: ResourceFieldProps) {
  const { t } = useTranslation('posts')
  const { data } = useQuery(listResourcesOptions({ query: { sort: 'new', state: 'live', limit: 100 } }))
  const chosen = useResource(value)
  const found = data?.items ?? []
  const all = chosen && !found.some((r) => r.id === chosen.id) ? [chosen, ...found] : found
  return (
    <Select
      label={t('field.resource')}
      placeholder={t('field.resourceNone')}
      description={t('field.resourceHint')}
      searchable
      clearable
      limit={60}
      nothingFoundMessage={t('field.resourceNothing')}
      {...props}
      data={all.map((r) => ({ value: r.id, label: r.title }))}
      value={all.some((r) => r.id === value) ? value : null}
      onChange={(id) =>
        onChange(
          id,
          all.find((r) => r.id === id),
        )
      }
    />
  )
}
