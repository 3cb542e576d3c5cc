import { ActionIcon } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBlockquote,
  IconBold,
  IconCode,
  IconH1,
  IconH2,
  IconH3,
  IconItalic,
  IconList,
  IconListNumbers,
  IconSeparatorHorizontal,
  IconSourceCode,
  IconStrikethrough,
  IconUnderline,
} from '@tabler/icons-react'
import type { ChainedCommands, Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { lazyPart } from '@/shared/lib/lazyPart'
import { Tip } from '@/shared/ui/Tip'
import { InsertTools } from '../richtext/InsertTools'
import classes from './Document.module.css'

const LinkButton = lazyPart(() => import('./LinkButton').then((m) => m.LinkButton))

interface Tool {
  name:
    | 'bold'
    | 'italic'
    | 'underline'
    | 'strike'
    | 'code'
    | 'h1'
    | 'h2'
    | 'h3'
    | 'bulletList'
    | 'orderedList'
    | 'blockquote'
    | 'codeBlock'
    | 'rule'
    | 'undo'
    | 'redo'
  icon: typeof IconBold
  run: (chain: ChainedCommands) => ChainedCommands
  isOn?: (editor: Editor) => boolean
  canRun?: (editor: Editor) => boolean
}

const mark = (name: 'bold' | 'italic' | 'underline' | 'strike' | 'code', icon: typeof IconBold): Tool => ({
  name,
  icon,
  run: (chain) => chain.toggleMark(name),
  isOn: (editor) => editor.isActive(name),
})

const heading = (level: 1 | 2 | 3, icon: typeof IconBold): Tool => ({
  name: `h${level}`,
  icon,
  run: (chain) => chain.toggleHeading({ level }),
  isOn: (editor) => editor.isActive('heading', { level }),
})

/** What the schema knows, and nothing else. */
const groups: Tool[][] = [
  [
    mark('bold', IconBold),
    mark('italic', IconItalic),
    mark('underline', IconUnderline),
    mark('strike', IconStrikethrough),
    mark('code', IconCode),
  ],
  [heading(1, IconH1), heading(2, IconH2), heading(3, IconH3)],
  [
    { name: 'bulletList', icon: IconList, run: (c) => c.toggleBulletList(), isOn: (e) => e.isActive('bulletList') },
    {
      name: 'orderedList',
      icon: IconListNumbers,
      run: (c) => c.toggleOrderedList(),
      isOn: (e) => e.isActive('orderedList'),
    },
    {
      name: 'blockquote',
      icon: IconBlockquote,
      run: (c) => c.toggleBlockquote(),
      isOn: (e) => e.isActive('blockquote'),
    },
    { name: 'codeBlock', icon: IconSourceCode, run: (c) => c.toggleCodeBlock(), isOn: (e) => e.isActive('codeBlock') },
    { name: 'rule', icon: IconSeparatorHorizontal, run: (c) => c.setHorizontalRule() },
  ],
  [
    { name: 'undo', icon: IconArrowBackUp, run: (c) => c.undo(), canRun: (e) => e.can().undo() },
    { name: 'redo', icon: IconArrowForwardUp, run: (c) => c.redo(), canRun: (e) => e.can().redo() },
  ],
]

export function Toolbar({ editor }: { editor: Editor }) {
  const { t } = useTranslation('drafts')
  // follows the caret without drawing the page again at every key
  const state = useEditorState({
    editor,
    selector: ({ editor: now }) =>
      Object.fromEntries(
        groups.flat().map((tool) => [tool.name, [tool.isOn?.(now) ?? false, tool.canRun?.(now) ?? true]]),
      ),
  })
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={t('text.tools')}>
      {groups.map((tools) => (
        <span key={tools[0]?.name} className={classes.group}>
          {tools.map(({ name, icon: Icon, run, isOn }) => {
            const [isActive, isPossible] = state[name] ?? []
            return (
              <Tip key={name} label={t(`text.tool.${name}`)}>
                <ActionIcon
                  className={classes.tool}
                  aria-label={t(`text.tool.${name}`)}
                  aria-pressed={isOn ? Boolean(isActive) : undefined}
                  disabled={!isPossible}
                  onMouseDown={(event) => event.preventDefault()} // the caret stays in the text
                  onClick={() => run(editor.chain().focus()).run()}
                >
                  <Icon size={18} stroke={1.7} />
                </ActionIcon>
              </Tip>
            )
          })}
          {tools[0]?.name === 'bulletList' && (
            <Suspense fallback={<span className={classes.tool} />}>
              <LinkButton editor={editor} />
            </Suspense>
          )}
          {tools[0]?.name === 'bulletList' && <InsertTools editor={editor} />}
        </span>
      ))}
    </div>
  )
}
