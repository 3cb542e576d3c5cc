import { Textarea, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

export type BriefText =
  | 'summary'
  | 'audience'
  | 'stage'
  | 'key_message'
  | 'proof'
  | 'call_to_action'
  | 'channel'
  | 'public_url'

const hints = ['summary', 'audience', 'key_message', 'proof', 'public_url'] as const
type Hinted = (typeof hints)[number]
const hasHint = (name: string): name is Hinted => hints.some((known) => known === name)

interface BriefFieldProps {
  name: BriefText | 'due_on'
  label?: string
  type?: 'date'
  value: string
  maxLength?: number
  minRows?: number
  readOnly: boolean
  onSave: (value: string) => void
}

/** A field of the brief: what is typed is saved when the field is left, and stays when it could not be. */
export function BriefField({ name, label, type, value, maxLength, minRows, readOnly, onSave }: BriefFieldProps) {
  const { t } = useTranslation('drafts')
  const [words, setWords] = useState(value)
  const known = useRef(value)
  useEffect(() => {
    // others' words come in, unless something was typed here
    setWords((now) => (now === known.current ? value : now))
    known.current = value
  }, [value])
  const props = {
    label: label ?? t(`brief.${name}`),
    description: !readOnly && hasHint(name) ? t(`brief.${name}Hint`) : undefined,
    value: words,
    maxLength,
    readOnly,
    placeholder: readOnly ? t('brief.empty') : undefined,
    onBlur: () => words.trim() !== value && onSave(words.trim()),
  }
  if (minRows) {
    return <Textarea {...props} autosize minRows={minRows} onChange={(event) => setWords(event.currentTarget.value)} />
  }
  return (
    <TextInput
      {...props}
      type={type ?? (name === 'public_url' ? 'url' : 'text')}
      onChange={(event) => setWords(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') setWords(value)
      }}
    />
  )
}
