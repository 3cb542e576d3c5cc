import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SearchCount } from '@/shared/api/generated/types.gen'
import { Facet } from './Facet'
import { InCollections } from './InCollections'
import { labelOf } from './narrowings'
import classes from './SearchPage.module.css'
import { countNarrowed, narrowings, type PageSearch, toggled } from './search'

interface NarrowProps {
  facets: Record<string, SearchCount[]>
  search: PageSearch
  onChange: (change: Partial<PageSearch>) => void
  onClear: () => void
}

/** Facets of what was found; a count is what choosing the value would show. */
export function Narrow({ facets, search, onChange, onClear }: NarrowProps) {
  const { t } = useTranslation('search')
  const { t: tc } = useTranslation()
  return (
    <div className={classes.narrow}>
      {countNarrowed(search) > 0 && (
        <Button size="compact-sm" variant="subtle" className={classes.clear} onClick={onClear}>
          {tc('action.clearFilters')}
        </Button>
      )}
      {narrowings.map((name) => (
        <Facet
          key={name}
          label={t(`by.${name}`)}
          values={facets[name] ?? []}
          chosen={search[name]}
          labelOf={(value) => labelOf(name, value)}
          onToggle={(value) => onChange({ [name]: toggled(search[name], value) })}
        />
      ))}
      <InCollections search={search} onChange={onChange} />
    </div>
  )
}
