import { getSchema } from '@tiptap/core'
import { EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { documentExtensions } from '../extensions'
import { collab, unconfirmedOf, versionOf } from './collab'
import { FakeServer, FakeSocket } from './fakeServer'
import { Carets, peopleOf, presence } from './presence'
import { Node } from './prosemirror'
import { LiveDraft, type LiveOptions, type LiveStatus } from './provider'
import type { LiveEditor } from './session'
import { type Kept, type LiveStore, restore } from './store'

const schema = getSchema(documentExtensions())
const start = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'hello world' }] }] }

class MemoryStore implements LiveStore {
  readonly kept = new Map<string, Kept>()
  async save(k: Kept) {
    this.kept.set(k.client, JSON.parse(JSON.stringify(k)) as Kept)
  }
  async list(draft: string) {
    return [...this.kept.values()].filter((k) => k.draft === draft)
  }
  async remove(client: string) {
    this.kept.delete(client)
  }
}

/** A tab without a screen. */
class Tab implements LiveEditor {
  state: EditorState | null = null
  readonly live: LiveDraft
  readonly statuses: LiveStatus[] = []
  readonly dropped: string[] = []
  readonly #carets = new Carets()

  constructor(server: FakeServer, o: Partial<LiveOptions> = {}, kept?: Kept) {
    if (kept) {
      const { doc, ...rest } = restore(kept, schema)
      this.state = EditorState.create({ doc, plugins: [collab(rest), presence()] })
    }
    this.live = new LiveDraft({
      draft: server.draft,
      editor: this,
      ticket: async () => 'ticket',
      socket: () => new FakeSocket(server) as unknown as WebSocket,
      onStatus: (s) => this.statuses.at(-1) !== s && this.statuses.push(s),
      onDropped: (steps, why) => this.dropped.push(...steps.map(() => why)),
      onPresence: (m) => {
        const tr = this.state && this.#carets.heard(m, this.state)
        if (tr) this.dispatch(tr)
      },
      onCommit: (m) => {
        if (this.state) for (const tr of this.#carets.committed(m, this.state)) this.dispatch(tr)
      },
      client: kept?.client,
      batch: kept?.batch,
      ...o,
    })
  }

  dispatch(tr: Transaction) {
    this.state = this.get().apply(tr)
  }
  reset(doc: object, version: number) {
    this.state = EditorState.create({ doc: Node.fromJSON(schema, doc), plugins: [collab({ version }), presence()] })
  }
  get() {
    if (!this.state) throw new Error('not open yet')
    return this.state
  }
  type(text: string, at: number) {
    this.dispatch(this.get().tr.insertText(text, at))
    this.live.changed()
  }
  get text() {
    return this.get().doc.textBetween(0, this.get().doc.content.size, '\n')
  }
}

const tabs: Tab[] = []
const open = (...args: ConstructorParameters<typeof Tab>) => {
  const tab = new Tab(...args)
  tabs.push(tab)
  return tab
}
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})
afterEach(() => {
  for (const tab of tabs.splice(0)) tab.live.close()
  vi.useRealTimers()
})

test('two tabs write at once and end with the same text', async () => {
  const server = new FakeServer(schema, 'd', start)
  const [a, b] = [open(server), open(server)]
  await settle()
  a.type('A', 1)
  b.type('B', 12)
  expect(a.live.status).toBe('saving')
  await settle()
  expect([a.text, b.text]).toEqual(['Ahello worldB', 'Ahello worldB'])
  expect([a.live.status, b.live.status]).toEqual(['saved', 'saved'])
})

test('what was typed while the connection was away is sent when it is back, once', async () => {
  const server = new FakeServer(schema, 'd', start)
  const [a, b] = [open(server), open(server)]
  await settle()
  server.reachable = false
  a.type('1', 1)
  server.cut() // the push is on its way and its fate unknown
  await settle(1000)
  a.type('2', 2)
  expect(a.live.status).toBe('offline')
  server.reachable = true
  await settle(30_000)
  expect(a.live.status).toBe('saved')
  expect([a.text, b.text]).toEqual(['12hello world', '12hello world'])
})

test('a confirmation that was lost is not typed twice', async () => {
  const server = new FakeServer(schema, 'd', start)
  const a = open(server)
  await settle()
  a.type('x', 1)
  const [socket] = server.sockets
  if (socket) socket.deliver = () => {} // the commit is stored, its author does not hear of it
  await settle()
  expect(server.commits).toHaveLength(1)
  server.cut()
  await settle(30_000)
  expect(server.commits).toHaveLength(1)
  expect(unconfirmedOf(a.get())).toHaveLength(0)
  expect(a.text).toBe('xhello world')
})

test('a tab that was closed offline goes on in the next one', async () => {
  const server = new FakeServer(schema, 'd', start)
  const store = new MemoryStore()
  const a = open(server, { store })
  const b = open(server)
  await settle()
  server.reachable = false
  server.cut()
  a.type('kept ', 1)
  await settle(200)
  a.live.close()
  server.reachable = true
  await settle(20_000)
  b.type('!', 12)
  await settle()
  const [kept] = await store.list('d')
  expect(kept?.steps).toHaveLength(1)
  const again = open(server, { store }, kept)
  await settle(20_000)
  expect([again.text, b.text]).toEqual(['kept hello world!', 'kept hello world!'])
  expect((await store.list('d'))[0]?.steps).toHaveLength(0)
})

test('what the server refuses is taken out and handed over, never silently', async () => {
  const server = new FakeServer(schema, 'd', start)
  const a = open(server)
  await settle()
  server.refuse = 'frozen'
  a.type('late', 1)
  await settle()
  expect(a.dropped).toEqual(['frozen'])
  expect(a.text).toBe('hello world')
})

test('text inside what somebody else deleted meanwhile is handed over', async () => {
  const server = new FakeServer(schema, 'd', start)
  const [a, b] = [open(server), open(server)]
  await settle()
  a.dispatch(a.get().tr.delete(1, 12))
  a.live.changed()
  b.type('XYZ', 5)
  await settle()
  expect(a.text).toBe(b.text)
  expect(b.dropped).toEqual(['conflict'])
})

test('a reader sees others write and sends nothing', async () => {
  const server = new FakeServer(schema, 'd', start)
  const [a, reader] = [open(server), open(server)]
  await settle()
  reader.live.session.receive({ t: 'role', d: 'd', ro: true, why: 'read-only' })
  expect(reader.live.status).toBe('read-only')
  reader.type('no', 1)
  a.type('yes ', 1)
  await settle()
  expect(a.text).toBe('yes hello world')
  expect(server.commits).toHaveLength(1)
})

test('a draft that one may not open any more is not asked for again', async () => {
  const server = new FakeServer(schema, 'd', start)
  const ticket = vi.fn(async () => 'ticket')
  const a = open(server, { ticket })
  await settle()
  a.live.session.receive({ t: 'denied', d: 'd', code: 'gone', e: 'No such draft.' })
  await settle(60_000)
  expect(a.live.status).toBe('denied')
  expect(ticket).toHaveBeenCalledTimes(1)
})

test('carets of others stand where their owners see them, whatever was typed since', async () => {
  const server = new FakeServer(schema, 'd', start)
  const [a, b] = [open(server, { client: 'a' }), open(server, { client: 'b' })]
  await settle()
  b.dispatch(b.get().tr.setSelection(TextSelection.create(b.get().doc, 7, 12))) // "world"
  b.live.moved()
  a.type('>> ', 1) // not confirmed when the caret arrives
  await settle(100)
  const [person] = peopleOf(a.get())
  expect(person).toMatchObject({ client: 'b', name: 'b' })
  expect(a.get().doc.textBetween(person?.anchor ?? 0, person?.head ?? 0)).toBe('world')
  b.type('-', 1)
  await settle()
  const [later] = peopleOf(a.get())
  expect(a.get().doc.textBetween(later?.anchor ?? 0, later?.head ?? 0)).toBe('world')
  expect(versionOf(a.get())).toBe(versionOf(b.get()))
})

test('one is told to look at comments again when they changed, and when one was away', async () => {
  const server = new FakeServer(schema, 'd', start)
  let news = 0
  open(server, { onThreads: () => news++ })
  await settle()
  expect(news).toBe(1)
  for (const socket of server.sockets) socket.deliver({ t: 'threads', d: 'd' })
  await settle()
  expect(news).toBe(2)
  server.cut()
  await settle(1000)
  expect(news).toBe(3)
})
