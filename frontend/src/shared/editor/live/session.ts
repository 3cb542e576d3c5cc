import type { EditorState, Transaction } from '@tiptap/pm/state'
import { Step } from '@tiptap/pm/transform'
import { schemaHash } from '../schemaHash'
import {
  abandon,
  confirm,
  inFlightOf,
  type Push,
  rebase,
  retake,
  take,
  type Unconfirmed,
  unconfirmedOf,
  versionOf,
} from './collab'
import type { ClientMessage, DeniedCode, ServerMessage } from './protocol'

/** What holds the document: an editor's view, or only a state. */
export interface LiveEditor {
  /** null until a document has come. */
  readonly state: EditorState | null
  dispatch(tr: Transaction): void
  /** Takes in what was done on the screen and not told yet: a change that comes in now would undo where the caret went. */
  settle?(): void
  /** Begins anew with a document of the server. */
  reset(doc: object, version: number): void
}

export interface SessionEvents {
  /** The document is as the server has it, apart from what is unconfirmed. */
  ready?(readOnly: boolean, why: string): void
  role?(readOnly: boolean, why: string): void
  /** Own steps that found no place: to be shown, never silently lost. */
  dropped?(steps: readonly Unconfirmed[], why: string): void
  /** A batch is stored. */
  confirmed?(batch: number, kept: readonly number[]): void
  /** A commit has been taken, ours or that of others. */
  committed?(message: Extract<ServerMessage, { t: 'steps' }>): void
  presence?(message: Extract<ServerMessage, { t: 'cur' | 'gone' }>): void
  /** Comments in the text have changed. */
  threads?(): void
  denied?(code: DeniedCode, reason: string): void
}

/**
 * One draft over one connection after another: sends what is unconfirmed, one batch at a time, and takes what comes. It
 * knows neither sockets nor clocks, so the server's property test runs it too.
 */
export class LiveSession {
  readonly draft: string
  readonly client: string
  #batch: number
  #ready = false
  #readOnly = true
  readonly #editor: LiveEditor
  readonly #send: (message: ClientMessage) => void
  readonly #events: SessionEvents

  constructor(
    o: {
      draft: string
      client: string
      batch?: number
      editor: LiveEditor
      send: (m: ClientMessage) => void
    } & SessionEvents,
  ) {
    this.draft = o.draft
    this.client = o.client
    this.#batch = o.batch ?? 0
    this.#editor = o.editor
    this.#send = o.send
    this.#events = o
  }

  /** The number of the last batch that was begun. */
  get batch() {
    return this.#batch
  }

  get ready() {
    return this.#ready
  }

  get readOnly() {
    return this.#readOnly
  }

  /** A connection is open: take part, from the version that we have. */
  connected(ticket: string) {
    this.#ready = false
    const { state } = this.#editor
    this.#send({ t: 'open', d: this.draft, k: ticket, v: state ? versionOf(state) : -1, c: this.client, h: schemaHash })
  }

  /** The connection is gone. */
  disconnected() {
    this.#ready = false
  }

  /** The user changed the document. */
  changed() {
    this.#flush()
  }

  /** The user moved the caret. */
  cursor() {
    const { state } = this.#editor
    if (!this.#ready || !state || unconfirmedOf(state).length > 0) return
    const { anchor, head } = state.selection
    this.#send({ t: 'cur', d: this.draft, v: versionOf(state), a: [anchor, head] })
  }

  receive(m: ServerMessage) {
    if (m.d !== this.draft) return
    this.#editor.settle?.()
    switch (m.t) {
      case 'init':
        this.#init(m)
        break
      case 'ready':
        this.#begin(m.ro ?? false, m.why ?? '')
        break
      case 'steps':
        this.#steps(m)
        break
      case 'void':
        this.#own(m.b, (state) => this.#take(confirm(state, [], []), 'conflict'))
        break
      case 'behind':
        this.#own(m.b, (state) => this.#push(retake(state)))
        break
      case 'bad':
        this.#own(m.b, (state) => {
          this.#take(abandon(state), m.e)
        })
        break
      case 'role':
        this.#readOnly = m.ro
        this.#events.role?.(m.ro, m.why ?? '')
        break
      case 'denied':
        this.#ready = false
        this.#events.denied?.(m.code, m.e)
        break
      case 'threads':
        this.#events.threads?.()
        break
      case 'cur':
      case 'gone':
        this.#events.presence?.(m)
    }
  }

  #init(m: Extract<ServerMessage, { t: 'init' }>) {
    const { state } = this.#editor
    const lost = state ? unconfirmedOf(state) : []
    this.#editor.reset(m.doc, m.v)
    if (lost.length > 0) this.#events.dropped?.(lost, 'reset')
    this.#begin(m.ro ?? false, m.why ?? '')
  }

  #begin(readOnly: boolean, why: string) {
    this.#ready = true
    this.#readOnly = readOnly
    this.#events.ready?.(readOnly, why)
    const { state } = this.#editor
    const again = state && retake(state)
    if (again) this.#push(again)
    else this.#flush()
  }

  #steps(m: Extract<ServerMessage, { t: 'steps' }>) {
    const { state } = this.#editor
    if (!state) return
    const version = versionOf(state)
    if (m.v < version) return // seen before the connection changed
    if (m.v > version) {
      this.connected('') // something is missing: ask again from here
      return
    }
    const steps = m.s.map((s) => Step.fromJSON(state.schema, s))
    const flight = inFlightOf(state)
    if (m.c === this.client && flight?.batch === m.b) {
      this.#take(confirm(state, steps, m.i), 'conflict')
      this.#events.confirmed?.(m.b, m.i)
      this.#events.committed?.(m)
      this.#flush()
    } else {
      this.#take(rebase(state, steps), 'conflict')
      this.#events.committed?.(m)
    }
  }

  /** Does something about the batch on its way, when that is the one, and goes on with the next. */
  #own(batch: number, act: (state: EditorState) => void) {
    const { state } = this.#editor
    if (!state || inFlightOf(state)?.batch !== batch) return
    act(state)
    this.#flush()
  }

  #take({ tr, dropped }: { tr: Transaction; dropped: readonly Unconfirmed[] }, why: string) {
    this.#editor.dispatch(tr)
    if (dropped.length > 0) this.#events.dropped?.(dropped, why)
  }

  #flush() {
    const { state } = this.#editor
    if (!this.#ready || this.#readOnly || !state) return
    const next = take(state, this.#batch + 1)
    if (!next) return
    this.#batch++
    this.#editor.dispatch(next.tr)
    this.#push(next.push)
  }

  #push(p: Push | null) {
    if (!p || !this.#ready) return
    const s = p.steps.map((step) => step.toJSON() as object)
    this.#send({ t: 'push', d: this.draft, v: p.version, b: p.batch, s, i: p.indexes })
  }
}
