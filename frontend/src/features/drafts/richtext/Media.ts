import '@/shared/editor/rich.css'
import { type Editor, Extension } from '@tiptap/core'
import type { Slice } from '@tiptap/pm/model'
import { type EditorState, Plugin, TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { embedSite } from '@/shared/editor/nodes/embed'
import { i18n } from '@/shared/i18n'
import { toast } from '@/shared/ui/toast'
import { cleanPaste, isOwn, pictureMark } from './cleanPaste'
import { describePlugin } from './describe'
import { insertFiles, type Place } from './insert'

/** Pictures, files and documents of other programs, dropped and pasted into a text. */
export const Media = Extension.create<Place>({
  name: 'media',
  addOptions: () => ({ draftId: '', userId: '' }),
  addProseMirrorPlugins() {
    const place = this.options
    const { editor } = this
    let came: { pictures: File[]; links: number } | undefined
    // suggestions are marks on text: a picture has no place among them
    const refuses = () => refusesBlocks(editor)
    return [
      describePlugin(),
      new Plugin({
        props: {
          transformPastedHTML(html) {
            came = undefined
            if (isOwn(html)) return html
            const cleaned = cleanPaste(html)
            came = cleaned
            return cleaned.html
          },
          handlePaste(view, event, slice) {
            if (!view.editable) return false
            const data = event.clipboardData
            const html = data?.getData('text/html') ?? ''
            const text = data?.getData('text/plain').trim() ?? ''
            const files = [...(data?.files ?? [])]
            // Word brings a picture of what it pastes beside it; a picture of a browser comes with an <img> and no words
            if (files.length > 0 && !text && !hasWords(html)) {
              if (!refuses()) void insertFiles(view, files, view.state.selection.to, place)
              return true
            }
            if (embedSite(text) && !isSuggesting(editor) && pasteCard(view, text)) return true
            const with_ = came
            came = undefined
            if (!with_) return false
            if (with_.links > 0) toast.success(i18n.t('richtext:links', { count: with_.links }))
            if (with_.pictures.length === 0) return false
            putIn(view, slice, refuses() ? [] : with_.pictures, place)
            return true
          },
          handleDrop(view, event, _slice, moved) {
            const files = [...(event.dataTransfer?.files ?? [])]
            if (moved || files.length === 0 || !view.editable) return false
            event.preventDefault()
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? view.state.doc.content.size
            if (!refuses()) void insertFiles(view, files, at, place)
            return true
          },
        },
      }),
    ]
  },
})

function isSuggesting(editor: Editor): boolean {
  const { isOn = false, isFixed = false } = editor.storage.suggest ?? {}
  return isOn || isFixed
}

/** Says, while one suggests, that a block of its own cannot be suggested. */
export function refusesBlocks(editor: Editor): boolean {
  const is = isSuggesting(editor)
  if (is) toast.error(new Error(i18n.t('richtext:suggesting')))
  return is
}

/** Loads what tables need when there is one. */
export function followTables(editor: Editor): void {
  const look = () => {
    if (!hasTable(editor.state.doc)) return
    editor.off('update', look)
    void import('./tables').then(({ tablePlugins }) => {
      if (!editor.isDestroyed) for (const plugin of tablePlugins()) editor.registerPlugin(plugin)
    })
  }
  editor.on('update', look)
  look()
}

function hasTable(doc: EditorState['doc']): boolean {
  let found = false
  doc.descendants((node) => {
    found ||= node.type.name === 'table'
    return !found && !node.isTextblock
  })
  return found
}

const hasWords = (html: string) => Boolean(new DOMParser().parseFromString(html, 'text/html').body.textContent?.trim())

/** An address of a video alone on its line becomes a card. */
function pasteCard(view: EditorView, href: string): boolean {
  const { $from, empty } = view.state.selection
  const type = view.state.schema.nodes.embed
  if (!type || !empty || $from.parent.type.name !== 'paragraph' || $from.parent.content.size > 0) return false
  const at = $from.before()
  if (!view.state.doc.resolve(at).parent.canReplaceWith($from.index(-1), $from.index(-1), type)) return false
  const tr = view.state.tr.insert(at, type.create({ href }))
  view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(tr.mapping.map($from.pos)))).scrollIntoView())
  return true
}

/** Puts a slice into the text, with its pictures on their way where their marks are. */
function putIn(view: EditorView, slice: Slice, pictures: File[], place: Place): void {
  view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView())
  uploadMarked(view, pictures, place)
}

/** Replaces the marks of pictures by the pictures themselves, once they have been uploaded. */
export function uploadMarked(view: EditorView, pictures: File[], place: Place): void {
  const pattern = new RegExp(`${pictureMark}(\\d+)-`, 'g')
  const marks: { from: number; to: number; file: File | undefined }[] = []
  view.state.doc.descendants((node, pos) => {
    for (const found of node.text?.matchAll(pattern) ?? []) {
      const from = pos + found.index
      marks.push({ from, to: from + found[0].length, file: pictures[Number(found[1])] })
    }
  })
  const { tr } = view.state
  for (const { from, to } of marks.toReversed()) {
    const $from = tr.doc.resolve(from)
    const isAlone = $from.parent.content.size === to - from && $from.depth > 0
    const canGo = isAlone && $from.node(-1).childCount > 1 && $from.node(-1).type.name !== 'listItem'
    tr.delete(canGo ? $from.before() : from, canGo ? $from.after() : to)
  }
  view.dispatch(tr)
  for (const { from, file } of marks) if (file) void insertFiles(view, [file], tr.mapping.map(from), place)
}
