import {
  type ComboboxItem,
  type ComboboxLikeRenderOptionInput,
  MultiSelect,
  type MultiSelectProps,
  Select,
  type SelectProps,
} from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getPersonQueryKey } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Person } from '@/shared/api/generated/types.gen'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import classes from './PersonSelect.module.css'
import { type Side, usePeople, usePeopleSearch } from './usePeople'

interface Shared {
  /** Offers only people of this side. */
  side?: Side
  /** Ids of people who are not offered. */
  exclude?: string[]
}

/** Found and chosen people as options; keeps what is known of them for later. */
function useOptions(words: string, chosenIds: string[], { side, exclude = [] }: Shared) {
  const queryClient = useQueryClient()
  const chosen = usePeople(chosenIds)
  const search = usePeopleSearch(chosen.some((p) => p.name === words) ? '' : words, side)
  const found = (search.data?.items ?? []).filter((p) => !exclude.includes(p.id))
  const all = new Map([...chosen, ...found].map((p) => [p.id, p]))
  const remember = (id: string) => {
    const person = all.get(id)
    if (person) queryClient.setQueryData(getPersonQueryKey({ path: { id } }), (old) => old ?? person)
    return person
  }
  const data = [...all.values()].map((p) => ({ value: p.id, label: p.name }))
  const renderOption = ({ option }: ComboboxLikeRenderOptionInput<ComboboxItem>) => {
    const person = all.get(option.value)
    if (!person) return option.label
    return (
      <span className={classes.option}>
        <PersonAvatar person={person} size={26} />
        <span>
          {person.name}
          {person.title && <span className={classes.title}>{person.title}</span>}
        </span>
      </span>
    )
  }
  return { all, data, renderOption, remember, isLoading: search.isPending }
}

type PersonSelectProps = Shared &
  Omit<SelectProps, 'data' | 'value' | 'onChange' | 'searchValue' | 'renderOption' | 'filter'> & {
    value: string | null
    onChange: (id: string | null, person: Person | undefined) => void
  }

/** Choose one person by name. */
export function PersonSelect({ value, onChange, side, exclude, ...props }: PersonSelectProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const { all, data, renderOption, remember, isLoading } = useOptions(words, value ? [value] : [], { side, exclude })
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

type PeopleSelectProps = Shared &
  Omit<MultiSelectProps, 'data' | 'value' | 'onChange' | 'searchValue' | 'renderOption' | 'filter'> & {
    value: string[]
    onChange: (ids: string[]) => void
  }

/** Choose several people by name. */
export function PeopleSelect({ value, onChange, side, exclude, ...props }: PeopleSelectProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const { data, renderOption, remember, isLoading } = useOptions(words, value, { side, exclude })
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
