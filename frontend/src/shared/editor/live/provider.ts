import { type Unconfirmed, unconfirmedOf } from './collab'
import type { DeniedCode, ServerMessage } from './protocol'
import { type LiveEditor, LiveSession } from './session'
import { keep, type LiveStore } from './store'

/** What the person is told: all is stored, is on its way, is kept on this device only, or they can only read. */
export type LiveStatus = 'connecting' | 'saved' | 'saving' | 'offline' | 'read-only' | 'denied'

export interface LiveOptions {
  draft: string
  editor: LiveEditor
  /** A new ticket; an error with `final` means that there will be none. */
  ticket: () => Promise<string>
  socket: () => WebSocket
  store?: LiveStore | null
  /** From the store, when a tab goes on where another ended. */
  client?: string
  batch?: number
  onStatus?: (status: LiveStatus, why: string) => void
  /** Own text that found no place: for the tray. */
  onDropped?: (steps: readonly Unconfirmed[], why: string) => void
  onPresence?: (message: Extract<ServerMessage, { t: 'cur' | 'gone' }>) => void
  onCommit?: (message: Extract<ServerMessage, { t: 'steps' }>) => void
  /** Comments in the text have changed, or may have while there was no connection. */
  onThreads?: () => void
  /** Whether this device keeps what is unconfirmed. */
  onKept?: (isKept: boolean) => void
}

export const newClientId = () => crypto.randomUUID()

const keepAfter = 150
const cursorEvery = 100
/** After this a connection that does not answer counts as broken. */
const answerWithin = 8000
const backOff = { first: 200, most: 10_000 }

/** Denials after which trying again cannot help. */
const final: readonly DeniedCode[] = ['schema', 'rights', 'gone']

/** Keeps one draft connected: reconnects, sends again, and keeps what is unconfirmed on this device. */
export class LiveDraft {
  readonly session: LiveSession
  readonly #o: LiveOptions
  #socket: WebSocket | null = null
  #closed = false
  #tries = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #keeping: ReturnType<typeof setTimeout> | undefined
  #cursor: ReturnType<typeof setTimeout> | undefined
  #answer: ReturnType<typeof setTimeout> | undefined
  #asked = 0
  #denied: DeniedCode | null = null
  #why = ''
  #status: LiveStatus = 'connecting'

  constructor(o: LiveOptions) {
    this.#o = o
    this.session = new LiveSession({
      draft: o.draft,
      client: o.client ?? newClientId(),
      batch: o.batch,
      editor: o.editor,
      send: (message) => {
        if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message))
      },
      ready: (_, why) => {
        this.#tries = 0
        this.#why = why
        this.#changed()
        o.onThreads?.()
      },
      role: (_, why) => {
        this.#why = why
        this.#changed()
      },
      dropped: (steps, why) => {
        o.onDropped?.(steps, why)
        this.#changed()
      },
      presence: (m) => o.onPresence?.(m),
      committed: (m) => {
        o.onCommit?.(m)
        this.#changed()
      },
      threads: () => o.onThreads?.(),
      denied: (code, reason) => this.#refused(code, reason),
    })
    addEventListener('online', this.#now)
    addEventListener('offline', this.#drop)
    addEventListener('pagehide', this.#leave)
    void this.#connect()
  }

  get status() {
    return this.#status
  }

  /** Why the connection has ended for good, if so. */
  get deniedFor(): 'schema' | 'rights' | 'gone' | undefined {
    const code = this.#denied
    return code === 'schema' || code === 'rights' || code === 'gone' ? code : undefined
  }

  /** The person changed the document. */
  changed() {
    this.session.changed()
    this.#changed()
  }

  /** The person moved the caret. */
  moved() {
    this.#cursor ??= setTimeout(() => {
      this.#cursor = undefined
      this.session.cursor()
    }, cursorEvery)
  }

  /** Leaves the draft; what is unconfirmed stays on this device. */
  close() {
    this.#closed = true
    clearTimeout(this.#timer)
    clearTimeout(this.#cursor)
    removeEventListener('online', this.#now)
    removeEventListener('offline', this.#drop)
    clearTimeout(this.#answer)
    removeEventListener('pagehide', this.#leave)
    this.#keepNow()
    this.#socket?.close()
  }

  async #connect() {
    let ticket: string
    try {
      ticket = await this.#o.ticket()
    } catch {
      this.#later()
      return
    }
    if (this.#closed) return
    const socket = this.#o.socket()
    this.#socket = socket
    socket.onopen = () => this.session.connected(ticket)
    socket.onmessage = (event) => {
      if (this.#socket === socket) this.session.receive(JSON.parse(String(event.data)) as ServerMessage)
    }
    socket.onclose = () => {
      if (this.#socket !== socket) return
      this.#socket = null
      this.session.disconnected()
      this.#later()
    }
  }

  #later() {
    this.#changed()
    if (this.#closed || (this.#denied && final.includes(this.#denied))) return
    const wait = Math.min(backOff.most, backOff.first * 2 ** this.#tries++)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#connect(), wait * (0.5 + Math.random()))
  }

  readonly #now = () => {
    if (this.#socket || this.#closed) return
    this.#tries = 0
    clearTimeout(this.#timer)
    void this.#connect()
  }

  /** The connection is dead, whatever the socket says: after a sleep or in a tunnel it can take minutes to notice. */
  readonly #drop = () => {
    const socket = this.#socket
    if (!socket) return
    this.#socket = null
    socket.close()
    this.session.disconnected()
    this.#later()
  }

  #refused(code: DeniedCode, reason: string) {
    this.#denied = code
    this.#why = reason
    this.#socket?.close()
    this.#changed()
  }

  #changed() {
    const { state } = this.#o.editor
    const waiting = state !== null && unconfirmedOf(state).length > 0
    let status: LiveStatus = waiting ? 'saving' : 'saved'
    if (this.#denied && final.includes(this.#denied)) status = 'denied'
    else if (!this.session.ready) status = this.#tries > 1 || waiting ? 'offline' : 'connecting'
    else if (this.session.readOnly) status = 'read-only'
    if (this.session.ready) this.#denied = null
    const isAsking = waiting && this.session.ready && !this.session.readOnly
    if (!isAsking || this.session.batch !== this.#asked) {
      clearTimeout(this.#answer)
      this.#answer = undefined
    }
    if (isAsking) {
      this.#asked = this.session.batch
      this.#answer ??= setTimeout(this.#drop, answerWithin)
    }
    this.#status = status
    this.#o.onStatus?.(status, this.#why)
    this.#keeping ??= setTimeout(this.#keepNow, keepAfter)
  }

  #kept() {
    const { state } = this.#o.editor
    const { draft, client, batch } = this.session
    return state && keep(state, { draft, client, batch }, Date.now())
  }

  readonly #keepNow = () => {
    clearTimeout(this.#keeping)
    this.#keeping = undefined
    const kept = this.#kept()
    const { store } = this.#o
    if (!kept || !store) return
    // without a store (a private window, a full disk) writing online goes on
    store.save(kept).then(
      () => this.#o.onKept?.(true),
      () => this.#o.onKept?.(false),
    )
  }

  readonly #leave = () => {
    const { state } = this.#o.editor
    const kept = state && unconfirmedOf(state).length > 0 && this.#kept()
    if (kept) this.#o.store?.saveNow?.(kept)
  }
}
