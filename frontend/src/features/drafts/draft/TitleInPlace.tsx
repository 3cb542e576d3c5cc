import { UnstyledButton } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './DraftHeader.module.css'

interface TitleInPlaceProps {
  title: string
  onSave: (title: string) => void
}

/** Click, type, Enter saves, Escape does not. */
export function TitleInPlace({ title, onSave }: TitleInPlaceProps) {
  const { t } = useTranslation('drafts')
  const [words, setWords] = useState<string>()
  const save = () => {
    const next = words?.trim()
    setWords(undefined)
    if (next && next !== title) onSave(next)
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault()
      save()
    }
    if (event.key === 'Escape') setWords(undefined)
  }
  return (
    <h1 className={classes.heading} tabIndex={-1}>
      {words === undefined ? (
        <UnstyledButton className={classes.title} onClick={() => setWords(title)}>
          {title}
        </UnstyledButton>
      ) : (
        <textarea
          className={classes.input}
          aria-label={t('page.editTitle')}
          rows={1}
          maxLength={300}
          value={words}
          // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was pressed
          autoFocus
          onFocus={(event) => event.target.select()}
          onChange={(event) => setWords(event.target.value.replace(/\n/g, ' '))}
          onKeyDown={handleKey}
          onBlur={save}
        />
      )}
    </h1>
  )
}
