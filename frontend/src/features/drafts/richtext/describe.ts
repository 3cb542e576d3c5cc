import './i18n'
import { type EditorState, NodeSelection, Plugin } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { i18n } from '@/shared/i18n'
import classes from './Richtext.module.css'

/** Asks for words for every picture that has none. */
export function describePlugin(): Plugin {
  let last: { doc: EditorState['doc']; set: DecorationSet } | undefined
  return new Plugin({
    props: {
      decorations({ doc }) {
        if (last?.doc !== doc) last = { doc, set: DecorationSet.create(doc, toDescribe(doc)) }
        return last.set
      },
    },
  })
}

/** A button below every picture that nobody has described yet. */
function toDescribe(doc: EditorState['doc']): Decoration[] {
  const found: Decoration[] = []
  doc.descendants((node, pos) => {
    if (node.type.name !== 'figure' || node.attrs.alt !== null) return
    const button = (view: EditorView, getPos: () => number | undefined) => {
      const element = document.createElement('button')
      element.type = 'button'
      element.className = classes.describe ?? ''
      element.contentEditable = 'false'
      element.textContent = i18n.t('richtext:describe')
      element.hidden = !view.editable
      element.onclick = () => {
        const at = (getPos() ?? 0) - node.nodeSize
        if (view.state.doc.nodeAt(at)?.type.name !== 'figure') return
        view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, at)))
      }
      return element
    }
    found.push(
      Decoration.widget(pos + node.nodeSize, button, {
        key: `describe-${node.attrs.asset}`,
        side: -1,
        stopEvent: () => true,
      }),
    )
  })
  return found
}
