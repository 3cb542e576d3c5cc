import type { Editor } from '@tiptap/core'
import { anchorsOf } from './anchors'
import type { ThreadView } from './useThreadView'

const calm = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth')

/** Shows the words of a thread in the middle of the page; on a phone above the sheet. */
export function showWords(editor: Editor, id: string): boolean {
  const word = [...editor.view.dom.querySelectorAll<HTMLElement>('[data-threads]')].find((mark) =>
    mark.dataset.threads?.split(' ').includes(id),
  )
  const block = matchMedia('(max-width: 62em)').matches ? 'start' : 'center'
  word?.scrollIntoView({ block, behavior: calm() })
  return word !== undefined
}

/** Back to the text, to the words that one was looking at. */
export function toText(editor: Editor | undefined, { active }: ThreadView): void {
  if (!editor) return
  const range = active ? anchorsOf(editor.state).threads.get(active) : undefined
  if (range) editor.commands.setTextSelection(range.to)
  if (editor.isEditable) editor.commands.focus(undefined, { scrollIntoView: Boolean(range) })
  else editor.view.dom.focus()
}
