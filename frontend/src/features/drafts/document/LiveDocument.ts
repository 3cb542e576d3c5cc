import { type Editor, Extension, getSchema } from '@tiptap/core'
import type { Schema } from '@tiptap/pm/model'
import { EditorState, type Transaction } from '@tiptap/pm/state'
import { Mapping, Step } from '@tiptap/pm/transform'
import { openLive } from '@/shared/api/generated/sdk.gen'
import { ApiError } from '@/shared/api/problem'
import { documentExtensions } from '@/shared/editor/extensions'
import { begin, collab, inFlightOf, isReceived, unconfirmedOf, versionOf } from '@/shared/editor/live/collab'
import { Carets, type Present, peopleOf, presence } from '@/shared/editor/live/presence'
import { Node } from '@/shared/editor/live/prosemirror'
import { LiveDraft, type LiveStatus, newClientId } from '@/shared/editor/live/provider'
import type { LiveEditor } from '@/shared/editor/live/session'
import { BrowserStore, type Kept, type LiveStore, restore } from '@/shared/editor/live/store'
import { createStore } from '@/shared/lib/store'
import { holdTab, takeOver } from './tabs'
import type { DocJson, DocumentTransport, SaveStatus, Unplaced } from './transport'
import { keepUnplaced, readUnplaced, unplacedFrom } from './unplaced'

const schema = getSchema(documentExtensions())

/** A connection that breaks for a moment is nobody's concern. */
const offlineAfter = 2500
const flushLimit = 8000

const socket = () => new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1/live`)

/** A text without a screen: while its tab is not shown, and for what another tab left behind. */
class Headless implements LiveEditor {
  state: EditorState | null = null

  dispatch(tr: Transaction): void {
    if (this.state) this.state = this.state.apply(tr)
  }

  reset(doc: object, version: number): void {
    this.start(Node.fromJSON(schema, doc), { version })
  }

  start(doc: Node, at: Parameters<typeof collab>[0]): void {
    this.state = EditorState.create({ doc, plugins: [collab(at), presence()] })
  }
}

/** Where a text stands, in the terms of another editor: each has a schema of its own. */
function standOf(state: EditorState, to: Schema) {
  const over = (step: Step) => Step.fromJSON(to, step.toJSON())
  return {
    doc: Node.fromJSON(to, state.doc.toJSON()),
    version: versionOf(state),
    unconfirmed: unconfirmedOf(state).map((u) => ({ step: over(u.step), inverted: over(u.inverted), index: u.index })),
    inFlight: inFlightOf(state),
  }
}

const isSame = (a: EditorState, b: EditorState) =>
  versionOf(a) === versionOf(b) &&
  unconfirmedOf(a).length === unconfirmedOf(b).length &&
  inFlightOf(a)?.batch === inFlightOf(b)?.batch

/** One draft written together: steps over a socket, kept on this device until they are stored. */
export class LiveDocument implements DocumentTransport, LiveEditor {
  readonly status = createStore<SaveStatus>({ kind: 'connecting' })
  readonly suggests = createStore<boolean | undefined>(undefined)
  readonly unplaced = createStore<readonly Unplaced[]>([])
  readonly people = createStore<readonly Present[]>([])
  readonly commits = createStore(0)
  readonly threadNews = createStore(0)
  readonly extensions: Extension[]
  readonly #draft: string
  readonly #user: string
  readonly #store: LiveStore
  readonly #headless = new Headless()
  readonly #carets = new Carets()
  readonly #waiting: (() => void)[] = []
  #live: LiveDraft | undefined
  #editor: Editor | undefined
  #release = () => {}
  #isClosed = false
  #isKept = true
  #offline: ReturnType<typeof setTimeout> | undefined
  #first: { resolve: () => void; reject: (error: unknown) => void } | undefined

  constructor(draft: string, user: string, store: LiveStore = new BrowserStore(user)) {
    this.#draft = draft
    this.#user = user
    this.#store = store
    this.unplaced.set(readUnplaced(user, draft))
    const behind = () => this.#headless.state
    this.extensions = [
      Extension.create({
        name: 'live',
        addProseMirrorPlugins() {
          const state = behind()
          return state ? [collab(standOf(state, this.editor.schema)), presence()] : []
        },
      }),
    ]
  }

  /** What the session works on: the editor on the screen, or the text behind it. */
  get state(): EditorState | null {
    return this.#editor?.state ?? this.#headless.state
  }

  dispatch(tr: Transaction): void {
    if (this.#editor) this.#editor.view.dispatch(tr)
    else this.#headless.dispatch(tr)
  }

  /** ProseMirror hears of a moved caret from an event that follows; whatever is drawn before it puts the old one back. */
  settle(): void {
    const view = this.#editor?.view
    if (view && !view.composing && 'domObserver' in view) (view.domObserver as { flush(): void }).flush()
  }

  reset(doc: object, version: number): void {
    const { state } = this
    if (this.#editor && state) {
      this.dispatch(begin(state, Node.fromJSON(state.schema, doc), { version }))
      if (this.state) this.dispatch(this.#carets.forget(this.state))
    } else this.#headless.reset(doc, version)
  }

  async load(): Promise<{ isKept: boolean }> {
    const kept = await this.#leftovers()
    if (this.#isClosed) return { isKept: false }
    const client = kept?.client ?? newClientId()
    if (!kept) this.#release = holdTab(client)
    const first = new Promise<void>((resolve, reject) => {
      this.#first = { resolve, reject }
    })
    this.#live = new LiveDraft({
      draft: this.#draft,
      editor: this,
      client,
      batch: kept?.batch,
      ticket: () => this.#ticket(),
      socket,
      store: this.#store,
      onStatus: (status, why) => this.#said(status, why),
      onDropped: (steps, why) => {
        const lost = unplacedFrom(steps, why, Date.now())
        if (lost) this.setUnplaced([...this.unplaced.get(), lost])
      },
      onPresence: (m) => {
        const tr = this.state && this.#carets.heard(m, this.state)
        if (tr) this.dispatch(tr)
        this.#look()
      },
      onCommit: (m) => {
        if (this.state) for (const tr of this.#carets.committed(m, this.state)) this.dispatch(tr)
        this.commits.set(this.commits.get() + 1)
        // where the caret is can be said again now: while something is on its way it cannot
        if (m.c === client && this.#editor) this.#live?.moved()
      },
      onThreads: () => this.threadNews.set(this.threadNews.get() + 1),
      onKept: (isKept) => {
        this.#isKept = isKept
      },
    })
    if (!this.state) await first
    return { isKept: Boolean(kept && kept.steps.length > 0) }
  }

  content(): DocJson {
    return (this.state?.doc.toJSON() ?? { type: 'doc', content: [{ type: 'paragraph' }] }) as DocJson
  }

  attach(editor: Editor): () => void {
    const behind = this.#headless.state
    this.#editor = editor
    // what came between the making of the editor and now
    if (behind && !isSame(editor.state, behind)) {
      const { doc, ...at } = standOf(behind, editor.schema)
      this.dispatch(begin(editor.state, doc, at))
    }
    const handleTransaction = ({ transaction }: { transaction: Transaction }) => {
      if (isReceived(transaction)) return
      if (transaction.docChanged) this.#live?.changed()
      else if (transaction.selectionSet) this.#live?.moved()
    }
    editor.on('transaction', handleTransaction)
    return () => {
      editor.off('transaction', handleTransaction)
      const { doc, ...at } = standOf(editor.state, schema)
      this.#editor = undefined
      this.#headless.start(doc, at)
      this.#look()
    }
  }

  async flush(): Promise<boolean> {
    const isDone = () => !this.state || unconfirmedOf(this.state).length === 0
    if (isDone()) return true
    await Promise.race([
      new Promise<void>((resolve) => this.#waiting.push(resolve)),
      new Promise((resolve) => setTimeout(resolve, flushLimit)),
    ])
    return isDone()
  }

  get version(): number {
    return this.state ? versionOf(this.state) : 0
  }

  mappingFrom(version: number): Mapping | 'later' | 'lost' {
    const { state } = this
    if (!state || version > versionOf(state)) return 'later'
    const maps = this.#carets.since(version, state)
    return maps ? new Mapping(maps) : 'lost'
  }

  setUnplaced(all: readonly Unplaced[]): void {
    this.unplaced.set(all)
    keepUnplaced(this.#user, this.#draft, all)
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#offline)
    this.#live?.close()
    const { state } = this
    // nothing waits to be stored: the next visit begins with the server's text
    if (this.#live && state && unconfirmedOf(state).length === 0) {
      void this.#store.remove(this.#live.session.client).catch(() => {})
    }
    this.#release()
  }

  async #ticket(): Promise<string> {
    try {
      const { data } = await openLive({ path: { id: this.#draft } })
      return data.ticket
    } catch (error) {
      const isFinal = error instanceof ApiError && (error.status === 403 || error.status === 404)
      if (isFinal || !navigator.onLine) this.#first?.reject(error)
      if (isFinal) this.status.set({ kind: 'ended', why: error.status === 404 ? 'gone' : 'rights' })
      throw error
    }
  }

  #said(status: LiveStatus, why: string): void {
    if (this.#isClosed) return
    if (this.state) this.#first?.resolve()
    const suggests = why === 'suggesting'
    if (status !== 'offline' && suggests !== this.suggests.get()) this.suggests.set(suggests)
    this.#look()
    const { state } = this
    if (state && unconfirmedOf(state).length === 0) for (const done of this.#waiting.splice(0)) done()
    clearTimeout(this.#offline)
    const next = this.#words(status, why)
    if (next.kind !== 'offline' || this.status.get().kind === 'offline') {
      this.#set(next)
      return
    }
    this.#offline = setTimeout(() => this.#set(next), offlineAfter)
    if (state && unconfirmedOf(state).length > 0) this.#set({ kind: 'saving' })
  }

  #words(status: LiveStatus, why: string): SaveStatus {
    if (status === 'denied') return { kind: 'ended', why: this.#live?.deniedFor ?? 'rights' }
    if (status === 'read-only') return { kind: 'reading', why }
    if (status === 'offline') return { kind: 'offline', isKept: this.#isKept }
    return { kind: status }
  }

  #set(next: SaveStatus): void {
    const now = this.status.get()
    if (now.kind === 'ended' || JSON.stringify(now) === JSON.stringify(next)) return
    this.status.set(next)
  }

  /** Who is here: others, each once, however many tabs they have. */
  #look(): void {
    const all = this.state ? peopleOf(this.state) : []
    const others = [...new Map(all.filter((p) => p.user !== this.#user).map((p) => [p.user, p])).values()]
    const names = (list: readonly Present[]) => list.map((p) => `${p.user} ${p.readOnly}`).join()
    if (names(others) !== names(this.people.get())) this.people.set(others)
  }

  /** Goes on where a tab of this person ended: the newest one here, others behind the scenes until they are stored. */
  async #leftovers(): Promise<Kept | undefined> {
    let mine: Kept | undefined
    const all = await this.#store.list(this.#draft).catch(() => [])
    for (const kept of all) {
      const release = await takeOver(kept.client, kept.at)
      if (!release) continue // that tab is alive
      try {
        if (!mine) {
          const { doc, ...rest } = restore(kept, schema)
          this.#headless.start(doc, rest)
          this.#release = release
          mine = kept
          continue
        }
      } catch {
        // of another version of the application: its words are all that is left of it
        const words = wordsOfKept(kept)
        if (words)
          this.setUnplaced([...this.unplaced.get(), { id: kept.client, text: words, at: kept.at, why: 'late' }])
      }
      if (kept.steps.length > 0 && mine) sendBehind(this.#draft, kept, this.#store, release, () => this.#ticket())
      else {
        await this.#store.remove(kept.client).catch(() => {})
        release()
      }
    }
    return mine
  }
}

/** Words of steps that cannot be read as steps any more. */
function wordsOfKept(kept: Kept): string {
  const words: string[] = []
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect)
    else if (value && typeof value === 'object') {
      const { text, ...rest } = value as { text?: unknown }
      if (typeof text === 'string') words.push(text)
      Object.values(rest).forEach(collect)
    }
  }
  collect(kept.steps)
  return words.join('').trim()
}

/** Sends what a tab left behind, under its own name, and ends. */
function sendBehind(
  draft: string,
  kept: Kept,
  store: LiveStore,
  release: () => void,
  ticket: () => Promise<string>,
): void {
  const editor = new Headless()
  const { doc, ...rest } = restore(kept, schema)
  editor.start(doc, rest)
  const live: LiveDraft = new LiveDraft({
    draft,
    editor,
    ticket,
    socket,
    store,
    client: kept.client,
    batch: kept.batch,
    onStatus: (status) => {
      if (status !== 'saved') return
      live.close()
      void store.remove(kept.client).catch(() => {})
      release()
    },
  })
}
