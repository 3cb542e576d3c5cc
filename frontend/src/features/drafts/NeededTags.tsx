import { TagsInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Taxonomy } from '@/shared/api/generated/types.gen'
import { fieldErrors } from '@/shared/api/problem'
import { useOffered } from '@/shared/lib/useOffered'
import { fieldOf, type Needed } from './needed'

interface NeededTagsProps {
  needed: Needed[]
  value: Taxonomy
  error: unknown
  onChange: (value: Taxonomy) => void
}

/** Asks for the tags without which the type of the piece is not published. */
export function NeededTags({ needed, value, error, onChange }: NeededTagsProps) {
  const { t } = useTranslation('drafts')
  const offered = useOffered()
  const problems = error ? fieldErrors(error) : {}
  return needed.map((facet) => (
    <TagsInput
      key={facet}
      label={t(`publish.needed.${facet}`)}
      required
      maxTags={20}
      data={offered(facet)}
      value={value[fieldOf[facet]]}
      error={problems[`taxonomy.${fieldOf[facet]}`]}
      onChange={(values) => onChange({ ...value, [fieldOf[facet]]: values })}
    />
  ))
}
