import { type Editor, getSchema } from '@tiptap/core'
import { ifMatch } from '@/shared/api/client'
import { getDocument, saveDocument } from '@/shared/api/generated/sdk.gen'
import { documentExtensions } from '@/shared/editor/extensions'
import { schemaHash } from '@/shared/editor/schemaHash'
import { Autosave } from './Autosave'
import { Keeper } from './keep'
import { showInEditor, wasShown } from './showInEditor'
import type { Choice, DocJson, DocumentTransport } from './transport'

const refreshEvery = 20_000

const schema = getSchema(documentExtensions())

/** As the editor would write it, so that texts can be compared block by block. */
function normal(doc: unknown): DocJson {
  return schema.nodeFromJSON(doc).toJSON() as DocJson
}

// a page that is opened again waits for the last save of the one before
const closing = new Map<string, Promise<unknown>>()

/** Saves a document as a whole, named by its version (If-Match). */
export class WholeDocument implements DocumentTransport {
  readonly extensions = []
  readonly status: Autosave['status']
  private readonly draftId: string
  private readonly autosave: Autosave
  private editor: Editor | undefined
  private doc: DocJson = { type: 'doc', content: [{ type: 'paragraph' }] }
  private stopListening = () => {}
  private isClosed = false

  constructor(draftId: string, userId: string) {
    this.draftId = draftId
    const path = { id: draftId }
    this.autosave = new Autosave(
      {
        read: async () => {
          const { data } = await getDocument({ path })
          return { doc: normal(data.doc), version: data.version }
        },
        write: async (doc, version) => {
          const body = { doc, schema_hash: schemaHash }
          const { data } = await saveDocument({ path, headers: ifMatch(version), body })
          return data.version
        },
      },
      new Keeper(userId, draftId),
    )
    this.status = this.autosave.status
    this.autosave.show = (doc) => {
      this.doc = doc
      if (this.editor) showInEditor(this.editor, doc)
    }
  }

  async load(): Promise<{ isKept: boolean }> {
    const last = closing.get(this.draftId)
    if (last) await Promise.race([last, new Promise((resolve) => setTimeout(resolve, 3000))])
    const { doc, isKept } = await this.autosave.load()
    this.doc = doc
    if (!this.isClosed) this.listen() // the page may have gone while this was read
    return { isKept }
  }

  content(): DocJson {
    return this.doc
  }

  attach(editor: Editor): () => void {
    this.editor = editor
    const handleUpdate = ({ transaction }: { transaction: Parameters<typeof wasShown>[0] }) => {
      if (!wasShown(transaction)) this.autosave.changed(() => editor.getJSON() as DocJson)
    }
    editor.on('update', handleUpdate)
    return () => {
      editor.off('update', handleUpdate)
      this.doc = editor.getJSON() as DocJson
      const last = this.doc
      this.autosave.stopFollowing(() => last)
      this.editor = undefined
      void this.flush()
    }
  }

  flush(): Promise<boolean> {
    return this.autosave.flush()
  }

  refresh(): Promise<void> {
    return this.autosave.refresh()
  }

  resolve(choice: Choice): void {
    this.autosave.resolve(choice)
  }

  discard(): Promise<void> {
    return this.autosave.discard()
  }

  close(): void {
    this.isClosed = true
    this.stopListening()
    const done = this.autosave.close().finally(() => {
      if (closing.get(this.draftId) === done) closing.delete(this.draftId)
    })
    closing.set(this.draftId, done)
  }

  private listen(): void {
    const keep = () => void this.autosave.keep()
    const send = () => void this.autosave.flush()
    const handleVisibility = () => {
      if (document.visibilityState === 'visible') return refresh()
      keep()
      send()
    }
    const refresh = () => {
      if (document.visibilityState === 'visible') void this.autosave.refresh().catch(() => {}) // the next one may work
    }
    window.addEventListener('pagehide', keep)
    window.addEventListener('online', send)
    document.addEventListener('visibilitychange', handleVisibility)
    const timer = setInterval(refresh, refreshEvery)
    this.stopListening = () => {
      window.removeEventListener('pagehide', keep)
      window.removeEventListener('online', send)
      document.removeEventListener('visibilitychange', handleVisibility)
      clearInterval(timer)
    }
  }
}
