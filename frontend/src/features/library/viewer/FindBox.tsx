import { ActionIcon, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconSearch } from '@tabler/icons-react'
import { type RefObject, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './PageViewer.module.css'

interface FindBoxProps {
  label: string
  /** Words that a link brought. */
  words: string
  count: number
  /** From 0; -1 when there is none. */
  current: number
  onLook: (words: string) => void
  onStep: (by: 1 | -1) => void
  inputRef?: RefObject<HTMLInputElement | null>
}

/** Looks for words: how many there are, the next, the one before. */
export function FindBox({ label, words, count, current, onLook, onStep, inputRef }: FindBoxProps) {
  const { t } = useTranslation('library')
  const [text, setText] = useState(words)
  useEffect(() => setText(words), [words])
  return (
    <search className={classes.find}>
      <TextInput
        ref={inputRef}
        size="xs"
        className={classes.findInput}
        aria-label={label}
        placeholder={label}
        leftSection={<IconSearch size={14} />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          onLook(event.currentTarget.value)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
            event.preventDefault()
            onStep(event.shiftKey ? -1 : 1)
          } else if (event.key === 'Escape' && text) {
            event.stopPropagation()
            event.preventDefault()
            setText('')
            onLook('')
          }
        }}
      />
      <span className={classes.count} role="status">
        {text.trim() && (count > 0 ? t('viewer.nth', { n: current + 1, count }) : t('viewer.nowhere'))}
      </span>
      {text.trim() !== '' && (
        <>
          <ActionIcon size={30} aria-label={t('viewer.before')} disabled={count === 0} onClick={() => onStep(-1)}>
            <IconChevronUp size={16} />
          </ActionIcon>
          <ActionIcon size={30} aria-label={t('viewer.after')} disabled={count === 0} onClick={() => onStep(1)}>
            <IconChevronDown size={16} />
          </ActionIcon>
        </>
      )}
    </search>
  )
}
