import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getIdeaOptions, listIdeasOptions } from '@/shared/api/generated/@tanstack/react-query.gen'

interface IdeaSelectProps {
  value: string | undefined
  onChange: (id: string | undefined) => void
}

/** Choose one idea by its words. */
export function IdeaSelect({ value, onChange }: IdeaSelectProps) {
  const { t } = useTranslation('planning')
  const [words, setWords] = useState('')
  const [q] = useDebouncedValue(words.trim(), 180)
  const chosen = useQuery({ ...getIdeaOptions({ path: { id: value ?? '' } }), enabled: Boolean(value) })
  const isChosen = chosen.data?.title === q
  const found = useQuery({
    ...listIdeasOptions({ query: { q: isChosen ? undefined : q || undefined, limit: 20 } }),
    placeholderData: keepPreviousData,
  })
  const all = new Map(
    [...(value && chosen.data ? [chosen.data] : []), ...(found.data?.items ?? [])].map((i) => [i.id, i]),
  )
  return (
    <Select
      label={t('filter.idea')}
      placeholder={t('filter.findIdea')}
      clearable
      searchable
      searchValue={words}
      onSearchChange={setWords}
      filter={({ options }) => options}
      value={value && all.has(value) ? value : null}
      onChange={(id) => onChange(id ?? undefined)}
      data={[...all.values()].map(({ id, title }) => ({ value: id, label: title }))}
      nothingFoundMessage={t('filter.noIdea')}
      comboboxProps={{ withinPortal: false }}
    />
  )
}
