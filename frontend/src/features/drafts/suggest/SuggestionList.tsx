import './i18n'
import { Button, Group, NativeSelect } from '@mantine/core'
import type { Editor } from '@tiptap/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/shared/api/generated/types.gen'
import type { Found } from '@/shared/editor/suggest/list'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { Settle } from './Settle'
import classes from './Suggest.module.css'
import { useSuggesting } from './useSuggesting'

interface SuggestionListProps {
  editor: Editor
  draft: Draft
  found: Found[]
}

/** All suggestions, or those of one person: to go to, accept and reject. */
export function SuggestionList({ editor, draft, found }: SuggestionListProps) {
  const { t } = useTranslation('suggest')
  const { me, isFixed, nameOf } = useSuggesting(draft)
  const [person, setPerson] = useState<string | null>(null)
  const people = [...new Set(found.map((one) => one.by))]
  const shown = person && people.includes(person) ? found.filter((one) => one.by === person) : found
  const settleAll = (action: 'accept' | 'reject') =>
    editor
      .chain()
      .resolveSuggestions(
        action,
        shown.map((one) => one.key),
      )
      .run()
  return (
    <div>
      {people.length > 1 && (
        <NativeSelect
          size="xs"
          mb="xs"
          aria-label={t('of')}
          value={person ?? ''}
          onChange={(event) => setPerson(event.currentTarget.value || null)}
          data={[{ value: '', label: t('everybody') }, ...people.map((id) => ({ value: id, label: nameOf(id) }))]}
        />
      )}
      {!isFixed && (
        <Group gap="xs">
          <Button size="xs" onClick={() => settleAll('accept')}>
            {t('acceptAll', { count: shown.length })}
          </Button>
          <Button size="xs" variant="default" onClick={() => settleAll('reject')}>
            {t('rejectAll', { count: shown.length })}
          </Button>
        </Group>
      )}
      <ul className={classes.list}>
        {shown.map((one) => (
          <li key={one.key} className={classes.item}>
            <button
              type="button"
              className={classes.go}
              onClick={() => editor.chain().goToSuggestion({ key: one.key }).run()}
            >
              <span className={classes.who}>
                {nameOf(one.by)} · <TimeAgo when={one.at} />
              </span>
              {one.deleted && <del className={classes.out}>{one.deleted.replaceAll('\n', '↵')}</del>}
              {one.deleted && one.inserted && ' '}
              {one.inserted && <ins className={classes.in}>{one.inserted.replaceAll('\n', '↵')}</ins>}
            </button>
            <Settle editor={editor} one={one} isFixed={isFixed} me={me} />
          </li>
        ))}
      </ul>
      <p className={classes.why}>{t('keys')}</p>
    </div>
  )
}
