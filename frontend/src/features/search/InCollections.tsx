import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listCollectionsOptions, searchOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { Facet } from './Facet'
import { countedOf } from './narrowings'
import { type PageSearch, toggled } from './search'
import { queryOf } from './useResults'

interface InCollectionsProps {
  search: PageSearch
  onChange: (change: Partial<PageSearch>) => void
}

/** Only what is in one of some collections. They are counted after the results, which do not wait for it. */
export function InCollections({ search, onChange }: InCollectionsProps) {
  const { t } = useTranslation('search')
  const { collection: chosen } = search
  const { data: known } = useQuery({ ...listCollectionsOptions(), staleTime: 60_000 })
  const titles = new Map(known?.items.map((c) => [c.id, c.title]))
  const { data: counts, isError } = useQuery({
    // what is chosen among them does not narrow their own counts
    ...searchOptions({ query: { ...queryOf({ ...search, collection: undefined }), facets: ['collection'], limit: 1 } }),
    enabled: Boolean(search.q) && titles.size > 0,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
  if (!known || (titles.size === 0 && !chosen)) return null
  return (
    <Facet
      label={t('by.collection')}
      values={
        isError
          ? [...titles.keys()].map((value) => ({ value }))
          : countedOf([...titles.keys()], counts?.facets.collection, chosen)
      }
      least={1}
      chosen={chosen}
      // one that was deleted, or is not shared any more, can be taken off
      labelOf={(id) => titles.get(id) ?? t('goneCollection')}
      onToggle={(id) => onChange({ collection: toggled(chosen, id) })}
    />
  )
}
