import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface SearchInputProps {
  label: string
  /** What the address says. */
  value: string
  onChange: (value: string) => void
}

/** The search box over a list: answers while typing, 180 ms after the last key. */
export function SearchInput({ label, value, onChange }: SearchInputProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState(value)
  const report = useDebouncedCallback(onChange, 180)
  // Back and links change the address from outside
  useEffect(() => setWords(value), [value])
  const handleChange = (next: string) => {
    setWords(next)
    report(next)
  }
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      w={{ base: '100%', xs: 260 }}
      leftSection={<IconSearch size={16} />}
      rightSection={words && <CloseButton size="sm" aria-label={t('action.clear')} onClick={() => handleChange('')} />}
      value={words}
      onChange={(event) => handleChange(event.currentTarget.value)}
    />
  )
}
