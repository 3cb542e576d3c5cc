import { ActionIcon, Kbd, Loader, UnstyledButton } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDelayed } from '@/shared/lib/useDelayed'
import classes from './SearchPalette.module.css'

export interface Entry {
  id: string
  icon: ReactNode
  title: ReactNode
  /** A second line. */
  detail?: ReactNode
  /** At the right end. */
  hint?: ReactNode
  keys?: string
  run: () => void
  /** Takes it off the list: Delete, or the cross. */
  onRemove?: () => void
}

export interface Section {
  label: string
  entries: Entry[]
}

interface PaletteListProps {
  listId: string
  words: string
  onWordsChange: (words: string) => void
  sections: Section[]
  /** The entries answer older words. */
  isBusy: boolean
  /** Enter before the answer is there, with nothing chosen. */
  onEarlyEnter: () => void
  /** Shows a button that closes, where there is no Escape. */
  onClose?: () => void
  /** Notes above the list. */
  children?: ReactNode
}

/** A box with a list below that the arrow keys walk through; the focus stays in the box. */
export function PaletteList({
  listId,
  words,
  onWordsChange,
  sections,
  isBusy,
  onEarlyEnter,
  onClose,
  children,
}: PaletteListProps) {
  const { t } = useTranslation('search')
  const { t: tc } = useTranslation()
  const entries = sections.flatMap((s) => s.entries)
  const [activeId, setActiveId] = useState<string>()
  const active = Math.max(
    entries.findIndex((e) => e.id === activeId),
    0,
  )
  const listRef = useRef<HTMLDivElement>(null)
  const inputRef = useRef<HTMLInputElement>(null)
  // at once: the dialog itself waits for its transition, and people type on
  useEffect(() => inputRef.current?.focus(), [])
  const isSlow = useDelayed(isBusy)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words begin at the top again
  useEffect(() => setActiveId(undefined), [words])
  useEffect(() => {
    if (activeId) listRef.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [activeId])

  const handleKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1 + entries.length }
    const next = moves[event.key]
    if (event.nativeEvent.isComposing) return
    if (next !== undefined && entries.length > 0) {
      event.preventDefault()
      setActiveId(entries[next % entries.length]?.id)
    } else if (event.key === 'Delete' && words === '' && entries[active]?.onRemove) {
      event.preventDefault()
      entries[active].onRemove()
    } else if (event.key === 'Enter') {
      event.preventDefault()
      // what is first now answers older words
      if (isBusy && activeId === undefined) onEarlyEnter()
      else entries[active]?.run()
    }
  }

  const handleClear = () => {
    onWordsChange('')
    inputRef.current?.focus()
  }

  const optionId = (entry: Entry | undefined) => (entry ? `${listId}-${entry.id.replace(/[^\w-]/g, '_')}` : undefined)
  return (
    <>
      <div className={classes.box}>
        {isSlow ? <Loader size={18} /> : <IconSearch size={20} stroke={1.7} aria-hidden />}
        <input
          ref={inputRef}
          className={classes.input}
          data-autofocus
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={optionId(entries[active])}
          aria-autocomplete="list"
          aria-label={t('placeholder')}
          placeholder={t('placeholder')}
          autoComplete="off"
          enterKeyHint="search"
          spellCheck={false}
          value={words}
          onChange={(event) => onWordsChange(event.currentTarget.value)}
          onKeyDown={handleKeyDown}
        />
        {words !== '' && onClose && (
          <ActionIcon size={44} aria-label={tc('action.clear')} onClick={handleClear}>
            <IconX size={18} />
          </ActionIcon>
        )}
        {onClose && (
          <UnstyledButton className={classes.close} onClick={onClose}>
            {tc('action.cancel')}
          </UnstyledButton>
        )}
      </div>
      {children}
      <div ref={listRef} id={listId} role="listbox" aria-label={t('title')} aria-busy={isBusy} className={classes.list}>
        {sections.map((section) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
          <div key={section.label} role="group" aria-label={section.label} className={classes.group}>
            <div className={classes.label} aria-hidden>
              {section.label}
            </div>
            {section.entries.map((entry) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the box, which keeps the focus
              // biome-ignore lint/a11y/useFocusableInteractive: as above
              <div
                key={entry.id}
                id={optionId(entry)}
                role="option"
                aria-selected={entry === entries[active]}
                aria-keyshortcuts={entry.onRemove && 'Delete'}
                className={classes.entry}
                onMouseMove={() => setActiveId(entry.id)}
                onClick={entry.run}
              >
                <span className={classes.icon}>{entry.icon}</span>
                <span className={classes.words}>
                  <span className={classes.title}>{entry.title}</span>
                  {entry.detail && <span className={classes.detail}>{entry.detail}</span>}
                </span>
                {entry.hint && <span className={classes.hint}>{entry.hint}</span>}
                {entry.keys && (
                  <span className={classes.keys} aria-hidden>
                    {entry.keys.split(' ').map((key) => (
                      <Kbd key={key} size="xs">
                        {key}
                      </Kbd>
                    ))}
                  </span>
                )}
                {entry.onRemove && (
                  // the keyboard has Delete for it
                  <span
                    className={classes.remove}
                    aria-hidden
                    onClick={(event) => {
                      event.stopPropagation()
                      entry.onRemove?.()
                    }}
                  >
                    <IconX size={15} />
                  </span>
                )}
              </div>
            ))}
          </div>
        ))}
      </div>
    </>
  )
}
