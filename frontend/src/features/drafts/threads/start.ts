import type { Editor } from '@tiptap/core'
import { useTranslation } from 'react-i18next'
import { toast } from '@/shared/ui/toast'
import { changeAnchors, chosen, type Range, wordsOf } from './anchors'
import type { ThreadView } from './useThreadView'

/** Begins a comment about these words, or about what is selected. Words of one that was begun before come along. */
export function useStart(editor: Editor | undefined, { active, activate, begun, setBegun, setOpen }: ThreadView) {
  const { t } = useTranslation('threads')
  return (range: Range | undefined = editor && chosen(editor.state)) => {
    if (!editor) return
    if (!range) {
      toast.success(t('selectFirst'))
      return
    }
    editor.view.dispatch(changeAnchors(editor.state, { started: range }))
    setBegun({ text: '', people: [], ...begun, quote: wordsOf(editor.state.doc, range), at: range, isFresh: true })
    if (active) activate(undefined)
    setOpen(true)
  }
}
