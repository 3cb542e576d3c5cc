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
  name: BriefText
  /** Under which name this device keeps what is typed and not saved yet. */
  keepAs: string
  value: string
  maxLength?: number
  minRows?: number
  readOnly: boolean
  onSave: (value: string) => void
}

const pause = 1200

/** A field of the brief: it saves itself while one types, and this device keeps what could not be saved. */
export function BriefField({ name, keepAs, value, maxLength, minRows, readOnly, onSave }: BriefFieldProps) {
  const { t } = useTranslation('drafts')
  const kept = `byline-brief ${keepAs}`
  const [words, setWords] = useState(() => (readOnly ? value : (localStorage.getItem(kept) ?? value)))
  const known = useRef(value)
  useEffect(() => {
    // others' words come in, unless something was typed here
    setWords((now) => (now === known.current ? value : now))
    known.current = value
  }, [value])
  const isOpen = words.trim() !== value && !readOnly
  useEffect(() => {
    if (isOpen) localStorage.setItem(kept, words)
    else localStorage.removeItem(kept)
  }, [isOpen, kept, words])
  const save = useRef(onSave)
  save.current = onSave
  useEffect(() => {
    if (!isOpen) return
    const timer = setTimeout(() => save.current(words.trim()), pause)
    return () => clearTimeout(timer)
  }, [isOpen, words])
  const props = {
    label: t(`brief.${name}`),
    description: !readOnly && hasHint(name) ? t(`brief.${name}Hint`) : undefined,
    value: words,
    maxLength,
    readOnly,
    placeholder: readOnly ? t('brief.empty') : undefined,
    onBlur: () => isOpen && onSave(words.trim()),
  }
  if (minRows) {
    return <Textarea {...props} autosize minRows={minRows} onChange={(event) => setWords(event.currentTarget.value)} />
  }
  return (
    <TextInput
      {...props}
      type={name === 'public_url' ? 'url' : 'text'}
      onChange={(event) => setWords(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') setWords(value)
      }}
    />
  )
}
