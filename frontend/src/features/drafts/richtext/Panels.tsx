import { NodeSelection } from '@tiptap/pm/state'
import { type Editor, useEditorState } from '@tiptap/react'
import { lazy, Suspense } from 'react'
import type { FigureAttrs } from '@/shared/editor/nodes/figure'

const FigurePanel = lazy(() => import('./FigurePanel').then((m) => ({ default: m.FigurePanel })))
const TablePanel = lazy(() => import('./TablePanel').then((m) => ({ default: m.TablePanel })))

/** What can be done with the picture or the table under the caret. */
export function Panels({ editor }: { editor: Editor }) {
  const now = useEditorState({
    editor,
    selector: ({ editor: { state, isActive, isEditable } }) => {
      const { selection } = state
      const isFigure = selection instanceof NodeSelection && selection.node.type.name === 'figure'
      return {
        isEditable,
        figure: isFigure ? { pos: selection.from, attrs: selection.node.attrs as FigureAttrs } : undefined,
        inTable: isActive.call(editor, 'table'),
      }
    },
  })
  if (!now.isEditable) return null
  return (
    <Suspense>
      {now.figure && <FigurePanel key={now.figure.attrs.asset} editor={editor} {...now.figure} />}
      {!now.figure && now.inTable && <TablePanel editor={editor} />}
    </Suspense>
  )
}
