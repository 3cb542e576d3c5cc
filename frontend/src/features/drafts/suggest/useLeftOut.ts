import './i18n'
import type { Editor } from '@tiptap/core'
import type { Transaction } from '@tiptap/pm/state'
import { useEffect, useState } from 'react'
import type { LeftOut } from '@/shared/editor/suggest/convert'

/** What of the last change was no suggestion and did not come in; nothing again once something else is written. */
export function useLeftOut(editor: Editor): LeftOut | undefined {
  const [left, setLeft] = useState<LeftOut>()
  useEffect(() => {
    const handle = ({ transaction }: { transaction: Transaction }) => {
      const now: LeftOut | undefined = transaction.getMeta('leftOut')
      // others' changes, and a caret that moves, say nothing about it
      if (now || (transaction.docChanged && transaction.getMeta('addToHistory') !== false)) setLeft(now)
    }
    editor.on('transaction', handle)
    return () => void editor.off('transaction', handle)
  }, [editor])
  return left
}
