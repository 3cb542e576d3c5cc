import { UnstyledButton } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { most, type Shown, shownOf } from './narrowings'
import classes from './SearchPage.module.css'

interface FacetProps {
  label: string
  values: Shown[]
  chosen: string[] | undefined
  labelOf: (value: string) => string
  onToggle: (value: string) => void
  /** Fewer values than these tell nothing apart, and are not shown. */
  least?: number
}

/** One filter: its values with what choosing them would show. Pressing one again takes it off. */
export function Facet({ label, values, chosen, labelOf, onToggle, least = 2 }: FacetProps) {
  const { t } = useTranslation('search')
  const [isOpen, setOpen] = useState(false)
  const shown = shownOf(values, chosen, isOpen)
  if (shown.length < least && !chosen) return null
  return (
    <section aria-label={label}>
      <h2 className={classes.by}>{label}</h2>
      {shown.map(({ value, count }) => {
        const isOn = chosen?.includes(value) ?? false
        return (
          <UnstyledButton
            key={value}
            className={classes.value}
            aria-pressed={isOn}
            data-on={isOn || undefined}
            onClick={() => onToggle(value)}
          >
            <span>{labelOf(value)}</span>
            {count !== undefined && <span className={classes.count}>{count}</span>}
            {isOn && <IconX size={14} aria-hidden />}
          </UnstyledButton>
        )
      })}
      {values.length > most && (
        <UnstyledButton className={classes.rest} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? t('fewer') : t('rest', { count: values.length - most })}
        </UnstyledButton>
      )}
    </section>
  )
}
