import { Select, type SelectProps } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Person } from '@/shared/api/generated/types.gen'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { type Offer, usePersonOptions } from './usePersonOptions'

type PersonSelectProps = Offer &
  Omit<SelectProps, 'data' | 'value' | 'onChange' | 'searchValue' | 'renderOption' | 'filter'> & {
    value: string | null
    onChange: (id: string | null, person: Person | undefined) => void
  }

/** Choose one person by name. */
export function PersonSelect({ value, onChange, side, exclude, ...props }: PersonSelectProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const { all, data, renderOption, remember, isLoading } = usePersonOptions(words, value ? [value] : [], {
    side,
    exclude,
  })
  const person = value ? all.get(value) : undefined
  return (
    <Select
      placeholder={t('person.find')}
      {...props}
      data={data}
      value={person ? value : null}
      onChange={(id) => onChange(id, id ? remember(id) : undefined)}
      searchable
      searchValue={words}
      onSearchChange={setWords}
      filter={({ options }) => options}
      renderOption={renderOption}
      leftSection={person && <PersonAvatar person={person} size={22} />}
      nothingFoundMessage={isLoading ? t('loading') : t('person.none')}
    />
  )
}
