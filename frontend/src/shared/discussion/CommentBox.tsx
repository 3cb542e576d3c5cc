import { Button, Group, Text } from '@mantine/core'
import type { KeyboardEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/shared/api/problem'
import { MentionInput } from './MentionInput'
import { stillNamed } from './mentions'
import type { Unsent } from './unsent'

export interface CommentBoxProps {
  label: string
  placeholder: string
  sendLabel: string
  value: Unsent
  onChange: (value: Unsent) => void
  onSend: (body: string, mentions: string[]) => void
  isPending: boolean
  error?: unknown
  /** Words instead of those of the error. */
  problem?: string
  isDisabled?: boolean
  autoFocus?: boolean
  size?: 'xs' | 'sm'
  minRows?: number
  onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void
  /** Beside the button that sends. */
  children?: ReactNode
}

/** Where a comment is written; @ names people, Ctrl+Enter sends. */
export function CommentBox({
  label,
  placeholder,
  sendLabel,
  value,
  onChange,
  onSend,
  isPending,
  error,
  problem = error ? messageOf(error) : undefined,
  isDisabled,
  autoFocus,
  size = 'sm',
  minRows,
  onKeyDown,
  children,
}: CommentBoxProps) {
  const { t } = useTranslation('discussion')
  const send = () => {
    const body = value.text.trim()
    if (!body || isPending || isDisabled) return
    onSend(
      body,
      stillNamed(body, [...value.people]).map((p) => p.id),
    )
  }
  return (
    <>
      <MentionInput
        aria-label={label}
        placeholder={placeholder}
        value={value.text}
        onChange={(text) => onChange({ ...value, text })}
        onPick={({ id, name }, text) => onChange({ text, people: [...value.people, { id, name }] })}
        onSubmit={send}
        autoFocus={autoFocus}
        data-autofocus={autoFocus || undefined} // in a sheet too
        minRows={minRows}
        onKeyDown={onKeyDown}
      />
      {problem && (
        <Text size="sm" c="var(--mantine-color-error)" mt={6} role="alert">
          {t('failed')} {problem}
        </Text>
      )}
      <Group gap="sm" mt="xs" justify="flex-end">
        {children ?? (
          <Text size="xs" c="dimmed" visibleFrom="sm">
            {t('sendHint')}
          </Text>
        )}
        <Button size={size} onClick={send} loading={isPending} disabled={isDisabled || !value.text.trim()}>
          {sendLabel}
        </Button>
      </Group>
    </>
  )
}
