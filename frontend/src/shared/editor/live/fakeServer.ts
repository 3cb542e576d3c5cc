import { Engine, type SchemaSpec } from './engine'
import type { Schema } from './prosemirror'
import type { ClientMessage, ServerMessage } from './protocol'

/** For unit tests: the authority over one draft, and sockets to it that can break. */
export class FakeServer {
  readonly engine: Engine
  readonly commits: Extract<ServerMessage, { t: 'steps' }>[] = []
  readonly sockets = new Set<FakeSocket>()
  refuse = ''
  /** Clients whose people only suggest. */
  readonly suggesters = new Map<string, string>()
  version = 1
  reachable = true
  readonly #last = new Map<string, number>()

  readonly draft: string

  constructor(schema: Schema, draft: string, doc: object) {
    this.draft = draft
    this.engine = new Engine(specOf(schema))
    this.engine.open(draft, doc)
  }

  /** Breaks all connections; what was sent and not delivered is lost. */
  cut() {
    for (const s of [...this.sockets]) s.drop()
  }

  receive(socket: FakeSocket, m: ClientMessage) {
    if (m.t === 'open') this.#open(socket, m)
    else if (m.t === 'push') this.#push(socket, m)
    else if (m.t === 'cur')
      this.#all({ t: 'cur', d: m.d, v: m.v, c: socket.client, u: socket.client, n: socket.client, a: m.a }, socket)
  }

  #open(socket: FakeSocket, m: Extract<ClientMessage, { t: 'open' }>) {
    socket.client = m.c
    if (m.v < 0) {
      socket.deliver({ t: 'init', d: m.d, v: this.version, doc: this.engine.json(this.draft) })
      return
    }
    for (const c of this.commits) if (c.v >= m.v) socket.deliver(c)
    socket.deliver({ t: 'ready', d: m.d, v: this.version })
  }

  #push(socket: FakeSocket, m: Extract<ClientMessage, { t: 'push' }>) {
    if (this.refuse) {
      socket.deliver({ t: 'bad', d: m.d, b: m.b, e: this.refuse })
      return
    }
    if ((this.#last.get(socket.client) ?? 0) >= m.b) return
    const missed = this.commits.filter((c) => c.v >= m.v).flatMap((c) => c.s)
    const who = this.suggesters.get(socket.client)
    const out =
      m.v === this.version
        ? this.engine.apply(this.draft, m.s, true, who)
        : this.engine.rebase(this.draft, missed, m.s, who)
    if ('e' in out) throw new Error(out.e)
    this.#last.set(socket.client, m.b)
    if (out.s.length === 0) {
      socket.deliver({ t: 'void', d: m.d, b: m.b })
      return
    }
    this.engine.commit(this.draft)
    const i = out.i.map((at) => m.i[at] as number)
    const commit = {
      t: 'steps',
      d: m.d,
      v: this.version,
      c: socket.client,
      u: socket.client,
      b: m.b,
      s: out.s,
      i,
    } as const
    this.commits.push(commit)
    this.version += out.s.length
    this.#all(commit)
  }

  #all(m: ServerMessage, but?: FakeSocket) {
    for (const s of this.sockets) if (s !== but && s.client) s.deliver(m)
  }
}

/** A WebSocket without a network: messages arrive in later microtasks. */
export class FakeSocket {
  readyState: number = WebSocket.CONNECTING
  client = ''
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: (() => void) | null = null

  readonly server: FakeServer

  constructor(server: FakeServer) {
    this.server = server
    queueMicrotask(() => {
      if (!server.reachable) {
        this.drop()
        return
      }
      this.readyState = WebSocket.OPEN
      server.sockets.add(this)
      this.onopen?.()
    })
  }

  send(text: string) {
    queueMicrotask(() => this.server.sockets.has(this) && this.server.receive(this, JSON.parse(text) as ClientMessage))
  }

  deliver(m: ServerMessage) {
    const data = JSON.stringify(m)
    queueMicrotask(() => this.server.sockets.has(this) && this.onmessage?.({ data }))
  }

  drop() {
    this.server.sockets.delete(this)
    this.readyState = WebSocket.CLOSED
    this.onclose?.()
  }

  close() {
    this.drop()
  }
}

function specOf(schema: Schema): SchemaSpec {
  const list = <T>(types: { forEach(f: (name: string, spec: T) => void): void }) => {
    const all: [string, T][] = []
    types.forEach((name, spec) => {
      all.push([name, spec])
    })
    return all
  }
  return {
    topNode: schema.topNodeType.name,
    nodes: list(schema.spec.nodes as never),
    marks: list(schema.spec.marks as never),
  }
}
