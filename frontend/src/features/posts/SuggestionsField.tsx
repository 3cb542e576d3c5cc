import { ActionIcon, Button, Group, Input, Stack, Textarea } from '@mantine/core'
import { IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { mostSuggestions } from './formValues'

interface SuggestionsFieldProps {
  value: string[]
  onChange: (value: string[]) => void
  /** Swaps a wording with the text of the post. */
  onPromote: (index: number) => void
}

/** Other wordings, from which the owner may choose. */
export function SuggestionsField({ value, onChange, onPromote }: SuggestionsFieldProps) {
  const { t } = useTranslation('posts')
  return (
    <Input.Wrapper label={t('field.suggestions')} description={t('field.suggestionsHint')} labelElement="div">
      <Stack gap="xs" mt={4}>
        {value.map((words, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a wording has no identity but its place
          <Group key={i} gap={6} align="flex-start" wrap="nowrap">
            <Textarea
              style={{ flex: 1 }}
              aria-label={t('field.suggestion', { n: i + 1 })}
              autosize
              minRows={2}
              maxLength={10_000}
              value={words}
              onChange={(e) => onChange(value.with(i, e.currentTarget.value))}
            />
            <Stack gap={2}>
              <ActionIcon size="lg" aria-label={t('field.suggestionUse', { n: i + 1 })} onClick={() => onPromote(i)}>
                <IconArrowUp size={16} />
              </ActionIcon>
              <ActionIcon
                size="lg"
                aria-label={t('field.suggestionRemove', { n: i + 1 })}
                onClick={() => onChange(value.toSpliced(i, 1))}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Stack>
          </Group>
        ))}
        {value.length < mostSuggestions && (
          <Button
            variant="subtle"
            size="compact-sm"
            w="fit-content"
            leftSection={<IconPlus size={15} />}
            onClick={() => onChange([...value, ''])}
          >
            {t('field.suggestionAdd')}
          </Button>
        )}
      </Stack>
    </Input.Wrapper>
  )
}
