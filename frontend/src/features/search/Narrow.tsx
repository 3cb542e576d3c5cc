import { Button, NativeSelect, UnstyledButton } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listCollectionsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { SearchCount } from '@/shared/api/generated/types.gen'
import { labelOf, shownOf } from './narrowings'
import classes from './SearchPage.module.css'
import { countNarrowed, type Narrowing, narrowings, type PageSearch, toggled } from './search'

interface NarrowProps {
  facets: Record<string, SearchCount[]>
  search: PageSearch
  onChange: (change: Partial<PageSearch>) => void
  onClear: () => void
}

/** Facets of what was found; a count is what choosing the value would show. Pressing it again takes it off. */
export function Narrow({ facets, search, onChange, onClear }: NarrowProps) {
  const { t } = useTranslation('search')
  const { t: tc } = useTranslation()
  const handleToggle = (name: Narrowing, value: string) => onChange({ [name]: toggled(search[name], value) })
  return (
    <div className={classes.narrow}>
      {narrowings.map((name) => {
        const values = shownOf(facets[name] ?? [], search[name])
        if (values.length < 2 && !search[name]) return null
        return (
          <section key={name} aria-label={t(`by.${name}`)}>
            <h2 className={classes.by}>{t(`by.${name}`)}</h2>
            {values.map(({ value, count }) => {
              const isOn = search[name]?.includes(value) ?? false
              return (
                <UnstyledButton
                  key={value}
                  className={classes.value}
                  aria-pressed={isOn}
                  data-on={isOn || undefined}
                  onClick={() => handleToggle(name, value)}
                >
                  <span>{labelOf(name, value)}</span>
                  <span className={classes.count}>{count}</span>
                  {isOn && <IconX size={14} aria-hidden />}
                </UnstyledButton>
              )
            })}
          </section>
        )
      })}
      <InCollection chosen={search.collection} onChange={(collection) => onChange({ collection })} />
      {countNarrowed(search) > 0 && (
        <Button size="compact-sm" variant="subtle" className={classes.clear} onClick={onClear}>
          {tc('action.clearFilters')}
        </Button>
      )}
    </div>
  )
}

interface InCollectionProps {
  chosen: string | undefined
  onChange: (id: string | undefined) => void
}

/** Only what is in one collection. */
function InCollection({ chosen, onChange }: InCollectionProps) {
  const { t } = useTranslation('search')
  const { data } = useQuery({ ...listCollectionsOptions(), staleTime: 60_000 })
  const all = data?.items ?? []
  if (all.length === 0 && !chosen) return null
  // one that was deleted, or is not shared any more, can be taken off
  const isGone = chosen !== undefined && data !== undefined && !all.some((c) => c.id === chosen)
  return (
    <NativeSelect
      label={t('by.collection')}
      classNames={{ label: classes.by }}
      value={chosen ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
      data={[
        { value: '', label: t('anyCollection') },
        ...all.map((c) => ({ value: c.id, label: c.title })),
        ...(isGone ? [{ value: chosen, label: t('goneCollection') }] : []),
      ]}
    />
  )
}
