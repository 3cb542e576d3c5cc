import type { Editor } from '@tiptap/core'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
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

const same = (a: Found[], b: Found[]) => JSON.stringify(a) === JSON.stringify(b)

/** The suggestions of an editor as a store. Tiptap's own hook misses what comes between its first render and its effects. */
function storeOf(editor: Editor) {
  let doc = editor.state.doc
  let found = suggestionsIn(doc)
  return {
    subscribe(notify: () => void) {
      editor.on('transaction', notify)
      return () => {
        editor.off('transaction', notify)
      }
    },
    read() {
      if (editor.state.doc !== doc) {
        doc = editor.state.doc
        const now = suggestionsIn(doc)
        if (!same(now, found)) found = now
      }
      return found
    },
  }
}

/** What is suggested in the text now. */
export function useSuggestions(editor: Editor): Found[] {
  const store = useMemo(() => storeOf(editor), [editor])
  return useSyncExternalStore(store.subscribe, store.read)
}
