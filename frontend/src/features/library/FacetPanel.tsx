import { Checkbox, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FacetCount } from '@/shared/api/generated/types.gen'
import { type FacetName, facetNames } from '@/shared/search/facets'
import classes from './FacetPanel.module.css'
import { labelOf, toggled, valuesOf } from './filters'
import type { LibrarySearch } from './search'

interface FacetPanelProps {
  counts: FacetCount[]
  search: LibrarySearch
  onChange: (change: Partial<LibrarySearch>) => void
}

const shown = 6

/** Facets with counts: a count is what choosing the value would show. */
export function FacetPanel({ counts, search, onChange }: FacetPanelProps) {
  return (
    <div className={classes.panel}>
      {facetNames.map((facet) => (
        <Facet
          key={facet}
          facet={facet}
          values={valuesOf(counts, facet, search[facet])}
          selected={search[facet] ?? []}
          onToggle={(value) => onChange({ [facet]: toggled(search[facet], value) })}
        />
      ))}
    </div>
  )
}

interface FacetProps {
  facet: FacetName
  values: FacetCount[]
  selected: string[]
  onToggle: (value: string) => void
}

function Facet({ facet, values, selected, onToggle }: FacetProps) {
  const { t } = useTranslation('library')
  const [isOpen, setOpen] = useState(false)
  // one value tells nothing apart
  if (values.length < 2 && selected.length === 0) return null
  const visible = isOpen ? values : values.filter((v, i) => i < shown || selected.includes(v.value))
  return (
    <fieldset className={classes.facet}>
      <legend className={classes.name}>{t(`facet.${facet}`)}</legend>
      {visible.map(({ value, count }) => (
        <Checkbox
          key={value}
          size="xs"
          classNames={{
            root: classes.value,
            body: classes.valueBody,
            labelWrapper: classes.valueWrapper,
            label: classes.valueLabel,
          }}
          checked={selected.includes(value)}
          disabled={count === 0 && !selected.includes(value)}
          onChange={() => onToggle(value)}
          label={
            <>
              <span className={classes.valueName}>{labelOf(facet, value, values)}</span>
              <span className={classes.count}>{count}</span>
            </>
          }
        />
      ))}
      {values.length > shown && (
        <UnstyledButton className={classes.more} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? t('facet.fewer') : t('facet.more', { count: values.length - shown })}
        </UnstyledButton>
      )}
    </fieldset>
  )
}
