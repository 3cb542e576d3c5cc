import { NodeSelection } from '@tiptap/pm/state'
import { type Editor, useEditorState } from '@tiptap/react'
import { Suspense } from 'react'
import type { FigureAttrs } from '@/shared/editor/nodes/figure'
import { lazyPart } from '@/shared/lib/lazyPart'

const FigurePanel = lazyPart(() => import('./FigurePanel').then((m) => m.FigurePanel))
const TablePanel = lazyPart(() => import('./TablePanel').then((m) => m.TablePanel))

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
