import { Button, UnstyledButton } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SearchCount } from '@/shared/api/generated/types.gen'
import { labelOf, shownOf } from './narrowings'
import classes from './SearchPage.module.css'
import { type Narrowing, narrowings, type PageSearch } from './search'

interface NarrowProps {
  facets: Record<string, SearchCount[]>
  search: PageSearch
  onChange: (change: Partial<PageSearch>) => void
  onClear: () => void
}

/** Facets of what was found; pressing a value narrows to it, pressing it again takes it off. */
export function Narrow({ facets, search, onChange, onClear }: NarrowProps) {
  const { t } = useTranslation('search')
  const { t: tc } = useTranslation()
  const handleToggle = (name: Narrowing, value: string) =>
    onChange({ [name]: search[name]?.includes(value) ? undefined : [value] })
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
                  {isOn ? <IconX size={14} aria-hidden /> : <span className={classes.count}>{count}</span>}
                </UnstyledButton>
              )
            })}
          </section>
        )
      })}
      {narrowings.some((name) => search[name]) && (
        <Button size="compact-sm" variant="subtle" className={classes.clear} onClick={onClear}>
          {tc('action.clearFilters')}
        </Button>
      )}
    </div>
  )
}
