import { Radio, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listIdeasOptions, listSimilarIdeasOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Idea } from '@/shared/api/generated/types.gen'
import { FormProblem } from '@/shared/ui/FormProblem'
import { StateBadge } from '@/shared/ui/StateBadge'
import { SkeletonList } from '@/shared/ui/States'
import classes from './IdeaPicker.module.css'

interface IdeaPickerProps {
  /** Words for which ideas that are alike stand there, until something is typed. */
  like: string
  /** What of the ideas that are found can be picked. */
  accepts: (idea: Idea) => boolean
  states?: Idea['state'][]
  label: string
  /** Said when nothing is alike, and when no title has the words that are typed. */
  noneAlike: string
  noneFound: string
  value: Idea | undefined
  onChange: (idea: Idea | undefined) => void
}

/** Finds one idea: among those that are alike, or by words of its title. What is picked stays in the list. */
export function IdeaPicker({ like, accepts, states, label, noneAlike, noneFound, value, onChange }: IdeaPickerProps) {
  const { t } = useTranslation('ideas')
  const [words, setWords] = useState('')
  const [q] = useDebouncedValue(words.trim(), 180)
  const similar = useQuery({ ...listSimilarIdeasOptions({ query: { title: like } }), enabled: !q })
  const found = useQuery({
    ...listIdeasOptions({ query: { q, limit: 12, state: states } }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  })
  const list = q ? found : similar
  const fitting = (list.data?.items ?? []).filter(accepts)
  const options = value && !fitting.some((i) => i.id === value.id) ? [value, ...fitting] : fitting
  return (
    <>
      <TextInput
        type="search"
        label={label}
        leftSection={<IconSearch size={16} />}
        data-autofocus
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {list.isPending && <SkeletonList rows={3} height={44} />}
      {list.isError && <FormProblem error={list.error} />}
      {list.isSuccess && options.length === 0 && (
        <Text size="sm" c="dimmed" role="status">
          {q ? noneFound : noneAlike}
        </Text>
      )}
      {options.length > 0 && (
        <Radio.Group
          label={t(q ? 'picker.found' : 'picker.similar')}
          value={value?.id ?? ''}
          onChange={(id) => onChange(options.find((i) => i.id === id))}
        >
          <Stack gap={6} mt={6}>
            {options.map((i) => (
              <Radio.Card key={i.id} value={i.id} className={classes.option}>
                <Radio.Indicator />
                <span className={classes.title}>{i.title}</span>
                <span className={classes.votes}>{t('count.votes', { count: i.votes })}</span>
                <StateBadge state={i.state} isCompact />
              </Radio.Card>
            ))}
          </Stack>
        </Radio.Group>
      )}
    </>
  )
}
