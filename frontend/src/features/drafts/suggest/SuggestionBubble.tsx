import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { BubbleMenu } from '@tiptap/react/menus'
import type { Draft } from '@/shared/api/generated/types.gen'
import { suggestionAt } from '@/shared/editor/suggest/extension'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { Settle } from './Settle'
import classes from './Suggest.module.css'
import { useSuggesting } from './useSuggesting'

/** Nothing stands in the way of somebody who is writing a suggestion. */
function here(editor: Editor, me: string) {
  const one = suggestionAt(editor.state.doc, editor.state.selection.from)
  return one && !(one.by === me && editor.storage.suggest.isOn) ? one : undefined
}

/** Whose suggestion the caret stands in, with what can be done about it. */
export function SuggestionBubble({ editor, draft }: { editor: Editor; draft: Draft }) {
  const { me, isFixed, nameOf } = useSuggesting(draft)
  const one = useEditorState({
    editor,
    selector: ({ editor: now }) => here(now, me),
    equalityFn: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  })
  return (
    <BubbleMenu
      editor={editor}
      pluginKey="suggestion"
      shouldShow={({ editor: now }) => now.isEditable && here(now as Editor, me) !== undefined}
      options={{ placement: 'bottom-start', offset: 8 }}
    >
      {one && (
        <div className={classes.bubble}>
          <span>
            {nameOf(one.by)} · <TimeAgo when={one.at} />
          </span>
          <Settle editor={editor} one={one} isFixed={isFixed} me={me} />
        </div>
      )}
    </BubbleMenu>
  )
}
