import type { Editor } from '@tiptap/core'
import { useEffect } from 'react'
import { openEditor } from './editors'
import { followTables } from './Media'

/**
 * Tells the rest of the page which editor is on the screen. Only once it is: React may make several while it renders, and news
 * of one that nobody sees would make it begin again, without end.
 */
export function useOpenEditor(draftId: string, editor: Editor | null): void {
  useEffect(() => {
    if (!editor) return
    openEditor.set({ draftId, editor })
    followTables(editor)
    return () => {
      if (openEditor.get()?.editor === editor) openEditor.set(undefined)
    }
  }, [draftId, editor])
}
