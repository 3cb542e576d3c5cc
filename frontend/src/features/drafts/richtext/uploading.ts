import './i18n'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { insertPoint } from '@tiptap/pm/transform'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { addDraftAsset } from '@/shared/api/generated/sdk.gen'
import type { Asset } from '@/shared/api/generated/types.gen'
import { messageOf } from '@/shared/api/problem'
import { i18n } from '@/shared/i18n'
import { toast } from '@/shared/ui/toast'
import { cancelUpload, startUpload, uploaded, uploads } from '@/shared/uploads/uploads'
import type { Place } from './insert'
import classes from './Richtext.module.css'

interface Change {
  add?: { key: string; name: string; pos: number }
  remove?: string
}

const key = new PluginKey<DecorationSet>('uploading')

/**
 * Files on their way into the text. Each has a place that moves with the text but is no part of it: others see nothing
 * until the file is there, and then the whole picture.
 */
const uploadsPlugin = () =>
  new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set) {
        const next = set.map(tr.mapping, tr.doc)
        const change = tr.getMeta(key) as Change | undefined
        if (change?.remove) return next.remove(next.find(undefined, undefined, (spec) => spec.key === change.remove))
        if (!change?.add) return next
        const { add } = change
        const widget = Decoration.widget(add.pos, () => progressOf(add.key, add.name), {
          key: add.key,
          side: 1,
          ignoreSelection: true,
          stopEvent: () => true,
        })
        return next.add(tr.doc, [widget])
      },
    },
    props: { decorations: (state) => key.getState(state) },
  })

function progressOf(upload: string, name: string): HTMLElement {
  const box = document.createElement('div')
  box.className = classes.upload ?? ''
  box.contentEditable = 'false'
  const words = document.createElement('span')
  words.textContent = i18n.t('richtext:uploading', { name })
  words.setAttribute('role', 'status')
  const bar = document.createElement('progress')
  bar.max = 1
  bar.setAttribute('aria-label', name)
  const stop = document.createElement('button')
  stop.type = 'button'
  stop.textContent = '×'
  stop.setAttribute('aria-label', i18n.t('richtext:cancel', { name }))
  stop.onclick = () => cancelUpload(upload)
  box.append(words, bar, stop)
  const show = () => {
    const item = uploads.get().find((one) => one.key === upload)
    if (!item || item.state === 'processing') bar.removeAttribute('value')
    else bar.value = item.size > 0 ? item.done / item.size : 0
    if (!item) end()
  }
  const end = uploads.subscribe(show)
  show()
  return box
}

/** Brings files into the text at a position. */
export function insertFiles(view: EditorView, files: File[], at: number, place: Place): void {
  if (view.isDestroyed) return
  if (!key.getState(view.state)) {
    view.updateState(view.state.reconfigure({ plugins: [...view.state.plugins, uploadsPlugin()] }))
  }
  for (const file of files) {
    const upload = startUpload(file, { userId: place.userId, isQuiet: true })
    const pos = blockPoint(view.state.tr, at)
    view.dispatch(view.state.tr.setMeta(key, { add: { key: upload, name: file.name, pos } } satisfies Change))
    void settle(view, upload, file.name, place)
  }
}

/** The nearest place between blocks. */
function blockPoint(tr: Transaction, at: number): number {
  const type = tr.doc.type.schema.nodes.figure
  const size = tr.doc.content.size
  return (type && insertPoint(tr.doc, Math.min(at, size), type)) ?? size
}

async function settle(view: EditorView, upload: string, name: string, place: Place): Promise<void> {
  let asset: Asset
  try {
    asset = await uploaded(upload)
  } catch (error) {
    const wasCancelled = !uploads.get().some((item) => item.key === upload) && !(error as { problem?: string }).problem
    if (!view.isDestroyed) view.dispatch(view.state.tr.setMeta(key, { remove: upload } satisfies Change))
    const problem = messageOf(error)
    if (!wasCancelled || problem) toast.error(new Error(i18n.t('richtext:failed', { name, problem })))
    return
  }
  if (view.isDestroyed) {
    // the page was left meanwhile: the file waits among the files of the draft
    await addDraftAsset({ path: { id: place.draftId, asset_id: asset.id }, body: {} }).catch((error) =>
      toast.error(error),
    )
    return
  }
  const { state } = view
  const spot = key.getState(state)?.find(undefined, undefined, (spec) => spec.key === upload)[0]
  const tr = state.tr.setMeta(key, { remove: upload } satisfies Change)
  const node = nodeOf(state, asset)
  if (node) tr.insert(blockPoint(tr, spot?.from ?? tr.doc.content.size), node)
  view.dispatch(tr)
}

function nodeOf({ schema }: EditorState, { id, name, kind, preview_url }: Asset) {
  if (kind === 'image' && preview_url) {
    return schema.nodes.figure?.create({ asset: id, alt: null, caption: '', width: 'normal' })
  }
  return schema.nodes.file?.create({ asset: id, name })
}
