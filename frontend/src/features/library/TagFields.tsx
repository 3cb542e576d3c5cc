import { TagsInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useOffered } from '@/shared/lib/useOffered'
import type { valuesOf } from './details'

const lists = [
  ['personas', 'persona'],
  ['stages', 'stage'],
  ['industries', 'industry'],
  ['products', 'product'],
  ['regions', 'region'],
] as const

/** For whom, when and about what a resource is. */
export function TagFields({ form }: { form: UseFormReturnType<ReturnType<typeof valuesOf>> }) {
  const { t } = useTranslation('library')
  const offered = useOffered()
  return (
    <>
      {lists.map(([field, facet]) => (
        <TagsInput
          key={field}
          label={t(`facet.${facet}`)}
          data={offered(facet)}
          maxTags={20}
          {...form.getInputProps(`taxonomy.${field}`)}
        />
      ))}
      <TagsInput label={t('fact.tags')} data={offered('tag')} maxTags={40} {...form.getInputProps('taxonomy.tags')} />
    </>
  )
}
