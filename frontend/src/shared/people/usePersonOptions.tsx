import type { ComboboxItem, ComboboxLikeRenderOptionInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { getPersonQueryKey } from '@/shared/api/generated/@tanstack/react-query.gen'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import classes from './PersonSelect.module.css'
import { type Side, usePeople, usePeopleSearch } from './usePeople'

export interface Offer {
  /** Offers only people of this side. */
  side?: Side
  /** Ids of people who are not offered. */
  exclude?: string[]
}

/** Found and chosen people as options; keeps what is known of them for later. */
export function usePersonOptions(words: string, chosenIds: string[], { side, exclude = [] }: Offer) {
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
