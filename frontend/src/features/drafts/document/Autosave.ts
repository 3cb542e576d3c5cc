import { ApiError, isStale, messageOf } from '@/shared/api/problem'
import { createStore } from '@/shared/lib/store'
import type { Keeper, Kept } from './keep'
import { both, isSame, merge } from './merge'
import type { Choice, DocJson, SaveStatus } from './transport'

export interface Loaded {
  doc: DocJson
  version: number
}

interface Server {
  read: () => Promise<Loaded>
  /** Gives the new version; throws a stale ApiError when another one was saved in between. */
  write: (doc: DocJson, version: number) => Promise<number>
}

export const pace = { save: 2000, keep: 250, retry: 3000, longestRetry: 30_000 }

const isTransient = (error: unknown) =>
  error instanceof ApiError && (error.status === 0 || error.status >= 500 || error.status === 429)

/**
 * Saves a text a little after each change, and keeps it on this device meanwhile. When somebody else saved in between,
 * changes of different paragraphs are joined; of the same one a person chooses. Nothing is ever dropped silently.
 */
export class Autosave {
  readonly status = createStore<SaveStatus>({ kind: 'saved' })
  /** Puts a text into the editor, when it is not what was typed there. */
  show: (doc: DocJson) => void = () => {}
  private base: Loaded = { doc: { type: 'doc' }, version: 0 }
  private current: () => DocJson = () => this.base.doc
  private isDirty = false
  private isClosed = false
  private working: Promise<boolean> | undefined
  private saveTimer: ReturnType<typeof setTimeout> | undefined
  private keepTimer: ReturnType<typeof setTimeout> | undefined
  private failures = 0
  /** Entries of earlier tabs whose text is part of this one. */
  private adopted: string[] = []
  private readonly server: Server
  private readonly keeper: Keeper

  constructor(server: Server, keeper: Keeper) {
    this.server = server
    this.keeper = keeper
  }

  /** Reads the newest text, and joins what this device kept of it. `isKept` says that there was such text. */
  async load(): Promise<{ doc: DocJson; isKept: boolean }> {
    this.base = await this.server.read()
    const kept = this.keeper.left()
    const entry = kept[0]
    if (!entry) return { doc: this.base.doc, isKept: false }
    if (isSame(entry.doc, this.base.doc)) {
      this.keeper.drop(entry.key)
      return { doc: this.base.doc, isKept: false }
    }
    this.adopted = [entry.key]
    const joined = this.join(entry)
    if (!joined) {
      this.conflict(entry.doc, entry.base)
      return { doc: this.base.doc, isKept: true }
    }
    this.current = () => joined
    this.changed(this.current)
    return { doc: joined, isKept: true }
  }

  private join(entry: Kept): DocJson | undefined {
    if (entry.version === this.base.version) return entry.doc
    if (!entry.base) return undefined
    const { doc, hasOverlap } = merge(entry.base, entry.doc, this.base.doc)
    return hasOverlap ? undefined : doc
  }

  /** Somebody typed; `current` gives the text when it is wanted, since that costs more than a key press may. */
  changed(current: () => DocJson): void {
    this.current = current
    this.isDirty = true
    const { kind } = this.status.get()
    if (kind === 'conflict' || kind === 'refused') return
    if (kind === 'saved') this.status.set({ kind: 'unsaved' })
    this.keepTimer ??= setTimeout(() => this.keep(), pace.keep)
    this.saveTimer ??= setTimeout(() => void this.flush(), pace.save)
  }

  /** The editor goes away; this was its last text. */
  stopFollowing(last: () => DocJson): void {
    if (this.isDirty && this.status.get().kind !== 'conflict') this.current = last
  }

  /** Writes the text to this device now: the page may be about to go. */
  keep(): boolean {
    clearTimeout(this.keepTimer)
    this.keepTimer = undefined
    // while a conflict is open the entry keeps the version that the text was written on
    if (!this.isDirty || this.status.get().kind === 'conflict') return true
    const isKept = this.keeper.write({
      at: Date.now(),
      version: this.base.version,
      base: this.base.doc,
      doc: this.current(),
    })
    // what an earlier tab left is in this text, which is kept now under its own name
    if (isKept) for (const key of this.adopted.splice(0)) this.keeper.drop(key)
    return isKept
  }

  async flush(): Promise<boolean> {
    if (this.working) await this.working
    const { kind } = this.status.get()
    if (kind === 'conflict' || kind === 'refused') return false
    if (!this.isDirty) return true
    this.working ??= this.save().finally(() => {
      this.working = undefined
    })
    return this.working
  }

  private async save(): Promise<boolean> {
    clearTimeout(this.saveTimer)
    this.saveTimer = undefined
    const doc = this.current()
    this.isDirty = false
    this.status.set({ kind: 'saving' })
    try {
      const version = isSame(doc, this.base.doc) ? this.base.version : await this.server.write(doc, this.base.version)
      this.base = { doc, version }
      this.saved()
      return true
    } catch (error) {
      this.isDirty = true
      return this.failed(error)
    }
  }

  private saved(): void {
    this.failures = 0
    if (this.isDirty) {
      this.keep()
      this.status.set({ kind: 'unsaved' })
      if (!this.isClosed) this.saveTimer ??= setTimeout(() => void this.flush(), pace.save)
      return
    }
    clearTimeout(this.keepTimer)
    this.keepTimer = undefined
    this.keeper.drop()
    for (const key of this.adopted.splice(0)) this.keeper.drop(key)
    this.status.set({ kind: 'saved' })
  }

  private async failed(error: unknown): Promise<boolean> {
    const isKept = this.keep()
    if (isStale(error)) {
      try {
        return await this.catchUp()
      } catch (again) {
        return this.failed(isStale(again) ? new ApiError({ code: 'unavailable', detail: '' }) : again)
      }
    }
    if (isTransient(error)) {
      this.status.set({ kind: 'offline', isKept })
      const wait = Math.min(pace.longestRetry, pace.retry * 2 ** this.failures++)
      if (!this.isClosed) this.saveTimer ??= setTimeout(() => void this.flush(), wait)
      return false
    }
    this.status.set({ kind: 'refused', reason: messageOf(error), mine: this.current() })
    return false
  }

  /** Somebody else saved: joins both texts, or asks. */
  private async catchUp(): Promise<boolean> {
    const theirs = await this.server.read()
    const mine = this.current()
    const { doc, hasOverlap } = merge(this.base.doc, mine, theirs.doc)
    const before = this.base
    this.base = theirs
    if (isSame(mine, theirs.doc)) {
      this.isDirty = false
      this.saved()
      return true
    }
    if (hasOverlap) {
      this.conflict(mine, before.doc)
      return false
    }
    this.show(doc)
    this.current = () => doc
    return this.save()
  }

  private conflict(mine: DocJson, base: DocJson | undefined): void {
    const theirs = this.base.doc
    this.isDirty = true
    this.current = () => mine
    const joined = base ? merge(base, mine, theirs).doc : both(mine, theirs)
    this.status.set({ kind: 'conflict', conflict: { mine, theirs, both: joined } })
  }

  resolve(choice: Choice): void {
    const status = this.status.get()
    if (status.kind !== 'conflict') return
    const doc = status.conflict[choice]
    this.status.set({ kind: 'unsaved' })
    this.show(doc)
    this.changed(() => doc)
    void this.flush()
  }

  /** Drops what was refused. */
  async discard(): Promise<void> {
    this.base = await this.server.read()
    this.isDirty = false
    this.current = () => this.base.doc
    this.saved()
    this.show(this.base.doc)
  }

  /** Shows what others saved, while nothing is typed here. */
  async refresh(): Promise<void> {
    if (this.isDirty || this.working || this.status.get().kind !== 'saved') return
    const newest = await this.server.read()
    if (this.isDirty || this.working || newest.version <= this.base.version) return
    this.base = newest
    this.show(newest.doc)
  }

  /** Ends; what was not saved is kept, and sent once more. */
  async close(): Promise<void> {
    this.isClosed = true
    this.keep()
    await this.flush()
    clearTimeout(this.saveTimer)
    this.saveTimer = undefined
  }
}
