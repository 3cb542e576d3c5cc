import { MultiSelect, type MultiSelectProps } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Offer, usePersonOptions } from './usePersonOptions'

type PeopleSelectProps = Offer &
  Omit<MultiSelectProps, 'data' | 'value' | 'onChange' | 'searchValue' | 'renderOption' | 'filter'> & {
    value: string[]
    onChange: (ids: string[]) => void
  }

/** Choose several people by name. */
export function PeopleSelect({ value, onChange, side, exclude, ...props }: PeopleSelectProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const { data, renderOption, remember, isLoading } = usePersonOptions(words, value, { side, exclude })
  return (
    <MultiSelect
      placeholder={value.length === 0 ? t('person.find') : undefined}
      hidePickedOptions
      {...props}
      data={data}
      value={value}
      onChange={(ids) => {
        for (const id of ids) remember(id)
        setWords('')
        onChange(ids)
      }}
      searchable
      searchValue={words}
      onSearchChange={setWords}
      filter={({ options }) => options}
      renderOption={renderOption}
      nothingFoundMessage={isLoading ? t('loading') : t('person.none')}
    />
  )
}
