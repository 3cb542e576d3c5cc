import type { EditorState } from '@tiptap/pm/state'
import { Step } from '@tiptap/pm/transform'
import { type InFlight, inFlightOf, type Unconfirmed, unconfirmedOf, versionOf } from './collab'
import { Node, type Schema } from './prosemirror'

/** One tab's draft as this device keeps it: what the server has confirmed, and what it has not. */
export interface Kept {
  draft: string
  client: string
  /** The number of the last batch that was begun. */
  batch: number
  version: number
  doc: object
  steps: object[]
  indexes: number[]
  inFlight: InFlight | null
  at: number
}

export interface LiveStore {
  save(kept: Kept): Promise<void>
  /** The same at once, for a page that goes away and has no time to wait. */
  saveNow?(kept: Kept): void
  /** All that tabs have kept of a draft, newest first. */
  list(draft: string): Promise<Kept[]>
  remove(client: string): Promise<void>
}

/** What to keep of a state. */
export function keep(state: EditorState, of: { draft: string; client: string; batch: number }, now: number): Kept {
  const unconfirmed = unconfirmedOf(state)
  const { tr } = state
  for (const u of [...unconfirmed].reverse()) tr.step(u.inverted)
  return {
    ...of,
    version: versionOf(state),
    doc: tr.doc.toJSON() as object,
    steps: unconfirmed.map((u) => u.step.toJSON() as object),
    indexes: unconfirmed.map((u) => u.index),
    inFlight: inFlightOf(state),
    at: now,
  }
}

/** The document with what was unconfirmed on top, as the plugin wants it. */
export function restore(
  kept: Kept,
  schema: Schema,
): { doc: Node; version: number; unconfirmed: Unconfirmed[]; inFlight: InFlight | null } {
  let doc = Node.fromJSON(schema, kept.doc)
  const unconfirmed: Unconfirmed[] = []
  for (const [i, json] of kept.steps.entries()) {
    const step = Step.fromJSON(schema, json)
    const result = step.apply(doc)
    if (!result.doc) throw new Error(result.failed ?? 'a kept step does not apply')
    unconfirmed.push({ step, inverted: step.invert(doc), index: kept.indexes[i] ?? -1 })
    doc = result.doc
  }
  return { doc, version: kept.version, unconfirmed, inFlight: kept.inFlight }
}

const table = 'tabs'

/** The store of this browser. Private windows may have none: then nothing is kept, and writing online works all the same. */
export class BrowserStore implements LiveStore {
  #open: Promise<IDBDatabase> | null = null
  readonly #name: string

  /** Each person has a store of their own: nobody goes on where somebody else ended. */
  constructor(user: string) {
    this.#name = `byline-live-${user}`
  }

  async save(kept: Kept): Promise<void> {
    await this.#run('readwrite', (s) => s.put(kept))
    localStorage.removeItem(this.#last(kept.client))
  }

  saveNow(kept: Kept): void {
    try {
      localStorage.setItem(this.#last(kept.client), JSON.stringify(kept))
    } catch {
      // no room: what was kept a moment ago stays
    }
  }

  async list(draft: string): Promise<Kept[]> {
    const all = (await this.#run('readonly', (s) => s.index('draft').getAll(draft))) as Kept[]
    const byClient = new Map(all.map((kept) => [kept.client, kept]))
    for (let i = 0; i < localStorage.length; i++) {
      const name = localStorage.key(i)
      if (!name?.startsWith(this.#last(''))) continue
      const kept = read(localStorage.getItem(name))
      if (kept?.draft === draft && kept.at >= (byClient.get(kept.client)?.at ?? 0)) byClient.set(kept.client, kept)
    }
    return [...byClient.values()].sort((a, b) => b.at - a.at)
  }

  async remove(client: string): Promise<void> {
    localStorage.removeItem(this.#last(client))
    await this.#run('readwrite', (s) => s.delete(client))
  }

  #last(client: string): string {
    return `${this.#name}:${client}`
  }

  async #run<T>(mode: IDBTransactionMode, act: (s: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    this.#open ??= openDatabase(this.#name)
    const db = await this.#open
    return new Promise((resolve, reject) => {
      const tx = db.transaction(table, mode)
      const request = act(tx.objectStore(table))
      // kept only when the transaction is complete, not when the request is
      tx.oncomplete = () => resolve(request.result)
      tx.onerror = () => reject(tx.error)
      tx.onabort = () => reject(tx.error)
    })
  }
}

function read(text: string | null): Kept | null {
  try {
    return JSON.parse(text ?? 'null') as Kept | null
  } catch {
    return null // half written: what was kept before it counts
  }
}

function openDatabase(database: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(table, { keyPath: 'client' }).createIndex('draft', 'draft')
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
