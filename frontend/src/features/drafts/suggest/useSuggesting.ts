import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/shared/api/generated/types.gen'
import type { Found } from '@/shared/editor/suggest/list'
import { suggestionsIn } from '@/shared/editor/suggest/list'
import { useMe } from '@/shared/session/session'

/** How the reader writes in a draft: in the text itself, or by suggestions only. */
export function useSuggesting(draft: Draft) {
  const me = useMe()
  const { t } = useTranslation('drafts')
  const isFixed = draft.suggesters.includes(me.id)
  const names = useMemo(
    () => new Map([draft.writer, ...draft.people, me].map((person) => [person.id, person.name])),
    [draft.writer, draft.people, me],
  )
  const nameOf = (id: string) => (id === me.id ? t('suggest.you') : (names.get(id) ?? t('suggest.somebody')))
  return { me: me.id, isFixed, nameOf }
}

/** Makes the editor follow what the server says of the person. */
export function useFixed(editor: Editor | null, isFixed: boolean): void {
  useEffect(() => {
    if (!editor) return
    editor.storage.suggest.isFixed = isFixed
    editor.commands.setSuggesting(isFixed)
  }, [editor, isFixed])
}

const same = (a: Found[], b: Found[] | null) => JSON.stringify(a) === JSON.stringify(b)

/** What is suggested in the text now. */
export function useSuggestions(editor: Editor): Found[] {
  return useEditorState({ editor, selector: ({ editor: now }) => suggestionsIn(now.state.doc), equalityFn: same })
}
