import { MultiSelect, type MultiSelectProps } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listIdeasOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Idea } from '@/shared/api/generated/types.gen'
import { useIdeas } from './useIdeas'

interface IdeasSelectProps extends Omit<MultiSelectProps, 'data' | 'value' | 'onChange'> {
  value: string[]
  onChange: (ids: string[], picked: Idea | undefined) => void
}

/** Choose ideas by their words. */
export function IdeasSelect({ value, onChange, ...props }: IdeasSelectProps) {
  const { t } = useTranslation('drafts')
  const [words, setWords] = useState('')
  const [q] = useDebouncedValue(words.trim(), 180)
  const chosen = useIdeas(value)
  const found = useQuery({
    ...listIdeasOptions({ query: { q: q || undefined, limit: 20 } }),
    placeholderData: keepPreviousData,
  })
  const offered = (found.data?.items ?? []).filter((idea) => idea.state !== 'merged' && idea.state !== 'declined')
  const all = new Map([...chosen, ...offered].map((idea) => [idea.id, idea]))
  return (
    <MultiSelect
      placeholder={value.length === 0 ? t('new.findIdea') : undefined}
      hidePickedOptions
      maxValues={50}
      {...props}
      data={[...all.values()].map((idea) => ({ value: idea.id, label: idea.title }))}
      value={value.filter((id) => all.has(id))}
      onChange={(ids) => {
        setWords('')
        const hidden = value.filter((id) => !all.has(id)) // linked by somebody who sees more
        onChange([...ids, ...hidden], all.get(ids.find((id) => !value.includes(id)) ?? ''))
      }}
      searchable
      searchValue={words}
      onSearchChange={setWords}
      filter={({ options }) => options}
      nothingFoundMessage={t('new.noIdea')}
    />
  )
}
