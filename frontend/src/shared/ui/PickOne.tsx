import { Radio, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { FormProblem } from './FormProblem'
import classes from './PickOne.module.css'
import { SkeletonList } from './States'

/** What is typed into a picker, and what is looked for: the same a moment later. */
export function usePickerWords() {
  const [words, setWords] = useState('')
  const [q] = useDebouncedValue(words.trim(), 180)
  return { words, setWords, q }
}

interface PickOneProps<T extends { id: string }> {
  label: string
  words: string
  onWords: (words: string) => void
  list: { isPending: boolean; isSuccess: boolean; error: unknown }
  /** Those that can be picked. */
  options: T[]
  /** What stands over them, and what is said when there are none. */
  title: string
  none: string
  value: T | undefined
  onChange: (value: T | undefined) => void
  children: (option: T) => ReactNode
}

/** A box to search in and what is found, of which one is picked. What is picked stays in the list. */
export function PickOne<T extends { id: string }>(props: PickOneProps<T>) {
  const { label, words, onWords, list, options, title, none, value, onChange, children } = props
  const all = value && !options.some((o) => o.id === value.id) ? [value, ...options] : options
  return (
    <>
      <TextInput
        type="search"
        label={label}
        leftSection={<IconSearch size={16} />}
        data-autofocus
        value={words}
        onChange={(event) => onWords(event.currentTarget.value)}
      />
      {list.isPending && <SkeletonList rows={3} height={44} />}
      <FormProblem error={list.error} />
      {list.isSuccess && all.length === 0 && (
        <Text size="sm" c="dimmed" role="status">
          {none}
        </Text>
      )}
      {all.length > 0 && (
        <Radio.Group label={title} value={value?.id ?? ''} onChange={(id) => onChange(all.find((o) => o.id === id))}>
          <Stack gap={6} mt={6}>
            {all.map((o) => (
              <Radio.Card key={o.id} value={o.id} className={classes.option}>
                <Radio.Indicator />
                {children(o)}
              </Radio.Card>
            ))}
          </Stack>
        </Radio.Group>
      )}
    </>
  )
}

/** The words of an option, which take the room that there is. */
export function PickTitle({ children }: { children: ReactNode }) {
  return <span className={classes.title}>{children}</span>
}

/** Something small beside them. */
export function PickNote({ children }: { children: ReactNode }) {
  return <span className={classes.note}>{children}</span>
}
