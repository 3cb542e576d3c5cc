import './i18n'
import { Popover, Textarea, type TextareaProps } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listPeopleOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Person } from '@/shared/api/generated/types.gen'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import classes from './MentionInput.module.css'
import { insertMention, mentionAt } from './mentions'

interface MentionInputProps extends Omit<TextareaProps, 'value' | 'onChange' | 'ref'> {
  value: string
  onChange: (text: string) => void
  /** Somebody was picked behind an @; the text with their name. */
  onPick: (person: Person, text: string) => void
  onSubmit: () => void
}

/** A textarea in which @ offers people; Ctrl+Enter submits. */
export function MentionInput({ value, onChange, onPick, onSubmit, onKeyDown, ...props }: MentionInputProps) {
  const { t } = useTranslation('discussion')
  const listId = useId()
  const input = useRef<HTMLTextAreaElement>(null)
  const nextCaret = useRef<number>(undefined)
  const [caret, setCaret] = useState(-1)
  const [active, setActive] = useState(0)
  const [closedAt, setClosedAt] = useState(-1)
  const mention = caret >= 0 ? mentionAt(value, caret) : undefined
  const [words] = useDebouncedValue(mention?.words ?? '', 120)
  const { data } = useQuery({
    ...listPeopleOptions({ query: { q: words || undefined, limit: 6 } }),
    enabled: mention !== undefined,
    placeholderData: keepPreviousData,
  })
  const people = mention && mention.start !== closedAt ? (data?.items ?? []) : []
  const isOpen = people.length > 0
  const chosen = Math.min(active, people.length - 1)

  useLayoutEffect(() => {
    if (nextCaret.current === undefined) return
    input.current?.setSelectionRange(nextCaret.current, nextCaret.current)
    nextCaret.current = undefined
  })

  const pick = (person: Person | undefined) => {
    if (!person || !mention) return
    const next = insertMention(value, caret, mention.start, person.name)
    nextCaret.current = next.caret
    setClosedAt(mention.start)
    setCaret(next.caret)
    onChange(next.text)
    onPick(person, next.text)
  }

  const handleKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    onKeyDown?.(event)
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      onSubmit()
      return
    }
    if (!isOpen) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setActive((chosen + step + people.length) % people.length)
    else if (event.key === 'Enter' || event.key === 'Tab') pick(people[chosen])
    else if (event.key === 'Escape') setClosedAt(mention?.start ?? -1)
    else return
    event.preventDefault()
    event.stopPropagation() // Escape closes the list, not the dialog around it
  }

  const follow = (element: HTMLTextAreaElement) => setCaret(element.selectionStart)

  return (
    <Popover opened={isOpen} position="bottom-start" offset={4} width={280} trapFocus={false} withRoles={false}>
      <Popover.Target>
        <Textarea
          ref={input}
          autosize
          minRows={2}
          maxRows={14}
          maxLength={10_000}
          {...props}
          value={value}
          onChange={(event) => {
            follow(event.currentTarget)
            setActive(0)
            if (!mentionAt(event.currentTarget.value, event.currentTarget.selectionStart)) setClosedAt(-1)
            onChange(event.currentTarget.value)
          }}
          onSelect={(event) => follow(event.currentTarget)}
          onBlur={() => setCaret(-1)}
          onKeyDown={handleKey}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={isOpen ? listId : undefined}
          aria-activedescendant={isOpen ? `${listId}-${chosen}` : undefined}
        />
      </Popover.Target>
      <Popover.Dropdown p={4}>
        <div role="listbox" id={listId} aria-label={t('mention')}>
          {people.map((person, i) => (
            <div
              key={person.id}
              id={`${listId}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === chosen}
              className={classes.option}
              // the textarea keeps the focus
              onMouseDown={(event) => {
                event.preventDefault()
                pick(person)
              }}
              onMouseMove={() => setActive(i)}
            >
              <PersonAvatar person={person} size={26} />
              <span className={classes.name}>{person.name}</span>
              <span className={classes.title}>{person.title}</span>
            </div>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
