import './i18n'
import { Button } from '@mantine/core'
import { IconMessagePlus } from '@tabler/icons-react'
import { CellSelection } from '@tiptap/pm/tables'
import { type Editor, useEditorState } from '@tiptap/react'
import { BubbleMenu } from '@tiptap/react/menus'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { suggestionAt } from '@/shared/editor/suggest/extension'
import { useShortcuts } from '@/shared/lib/keys'
import { anchorsOf, type Range, trimmed } from './anchors'
import { useStart } from './start'
import classes from './Threads.module.css'
import type { ThreadView } from './useThreadView'

/** The words that are selected, when they can be commented on. */
function selected(editor: Editor): Range | undefined {
  const { doc, selection } = editor.state
  return selection.empty || selection instanceof CellSelection ? undefined : trimmed(doc, selection)
}

/** Threads in the order of the text; those whose text is gone come last. */
export const orderOf = (editor: Editor) =>
  [...anchorsOf(editor.state).threads].toSorted(([, a], [, b]) => (a?.from ?? Infinity) - (b?.from ?? Infinity))

interface ThreadToolsProps {
  editor: Editor
  view: ThreadView
}

/** Beside a selection: begin a comment. And the keys for comments. */
export function ThreadTools({ editor, view }: ThreadToolsProps) {
  const { t } = useTranslation('threads')
  const start = useStart(editor, view)
  useThreadKeys(editor, view)
  const pressed = useRef<Range>(undefined)
  const isCoarse = matchMedia('(pointer: coarse)').matches
  const isCrowded = useEditorState({
    editor,
    selector: ({ editor: now }) => now.isEditable && Boolean(suggestionAt(now.state.doc, now.state.selection.from)),
  })
  return (
    <BubbleMenu
      editor={editor}
      pluginKey="comment"
      updateDelay={150}
      shouldShow={({ editor: now }) =>
        selected(now as Editor) !== undefined && (now.view.hasFocus() || !now.isEditable)
      }
      // a phone has its own tools above a selection, and handles below
      options={{ placement: isCoarse ? 'bottom' : 'top', offset: isCoarse ? (isCrowded ? 66 : 18) : 8 }}
    >
      <Button
        className={classes.bubble}
        size="compact-sm"
        variant="default"
        leftSection={<IconMessagePlus size={16} stroke={1.7} aria-hidden />}
        // the selection stays; a finger may have cleared it by the time of the click
        onPointerDown={() => {
          pressed.current = selected(editor)
        }}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => start(selected(editor) ?? pressed.current)}
      >
        {t('comment')}
      </Button>
    </BubbleMenu>
  )
}

function useThreadKeys(editor: Editor, view: ThreadView): void {
  const { t } = useTranslation('threads')
  const start = useStart(editor, view)
  const go = (by: 1 | -1) => {
    const all = orderOf(editor).map(([id]) => id)
    const now = all.indexOf(view.active ?? '')
    const next = now < 0 ? (by > 0 ? 0 : all.length - 1) : (now + by + all.length) % all.length
    if (all[next]) view.activate(all[next], 'keys')
    else view.setOpen(true)
  }
  const group = t('title')
  useShortcuts([
    { keys: 'mod+alt+m', label: t('keys.comment'), group, run: () => start() },
    { keys: 'j', label: t('keys.next'), group, run: () => go(1) },
    { keys: 'k', label: t('keys.previous'), group, run: () => go(-1) },
    { keys: 'mod+alt+.', label: t('keys.nextWriting'), group, run: () => go(1) },
    { keys: 'mod+alt+,', label: t('keys.previousWriting'), group, run: () => go(-1) },
  ])
}
