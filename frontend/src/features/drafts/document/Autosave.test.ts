import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '@/shared/api/problem'
import { Autosave, pace } from './Autosave'
import { Keeper } from './keep'
import { plainText } from './plainText'
import type { DocJson } from './transport'

const doc = (...lines: string[]): DocJson => ({
  type: 'doc',
  content: lines.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
})
const words = (d: DocJson) => plainText(d).trim().split(/\n\n/).join('|')

/** A server with one document, which may be away or refuse. */
class FakeServer {
  version = 1
  text = doc('one', 'two', 'three')
  failure: ApiError | undefined
  writes = 0
  read = async () => ({ doc: this.text, version: this.version })
  write = async (next: DocJson, version: number) => {
    this.writes++
    if (this.failure) throw this.failure
    if (version !== this.version)
      throw new ApiError({ status: 412, code: 'stale', detail: 'Stale.', rev: this.version })
    this.text = next
    return ++this.version
  }
  /** Somebody else saves. */
  elsewhere(next: DocJson): void {
    this.text = next
    this.version++
  }
}

/** A tab: an editor with a text, and its autosave. */
async function openTab(server: FakeServer, keeper = new Keeper('u1', 'd1')) {
  const autosave = new Autosave(server, keeper)
  const loaded = await autosave.load()
  const tab = { autosave, isKept: loaded.isKept, text: loaded.doc, type: (_next: DocJson) => {} }
  autosave.show = (next) => {
    tab.text = next
  }
  tab.type = (next) => {
    tab.text = next
    autosave.changed(() => tab.text)
  }
  return tab
}

const kind = (tab: { autosave: Autosave }) => tab.autosave.status.get().kind
const keptKeys = () => Object.keys(localStorage).filter((key) => key.startsWith('byline-text:'))

let server: FakeServer
beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
  server = new FakeServer()
})
afterEach(() => vi.useRealTimers())

test('what is typed is saved once after a moment, and is then kept nowhere else', async () => {
  const tab = await openTab(server)
  tab.type(doc('one', 'tw'))
  tab.type(doc('one', 'two!'))
  expect(kind(tab)).toBe('unsaved')
  await vi.advanceTimersByTimeAsync(pace.keep)
  expect(keptKeys()).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(pace.save)
  expect(server.writes).toBe(1)
  expect(words(server.text)).toBe('one|two!')
  expect(kind(tab)).toBe('saved')
  expect(keptKeys()).toHaveLength(0)
})

test('a tab that goes before it saved leaves its text to the next one', async () => {
  const tab = await openTab(server)
  tab.type(doc('one', 'unsaved'))
  tab.autosave.keep() // pagehide
  server.writes = 0
  const next = await openTab(server)
  expect(next.isKept).toBe(true)
  expect(words(next.text)).toBe('one|unsaved')
  await vi.advanceTimersByTimeAsync(pace.save)
  expect(words(server.text)).toBe('one|unsaved')
  expect(keptKeys()).toHaveLength(0)
})

test('text that was left is joined with what others saved since', async () => {
  const tab = await openTab(server)
  tab.type(doc('one, mine', 'two', 'three'))
  tab.autosave.keep()
  server.elsewhere(doc('one', 'two', 'three, theirs'))
  const next = await openTab(server)
  await vi.advanceTimersByTimeAsync(pace.save)
  expect(words(server.text)).toBe('one, mine|two|three, theirs')
  expect(next.isKept).toBe(true)
})

test('text that was left and collides is shown beside theirs, also after another reload', async () => {
  const tab = await openTab(server)
  tab.type(doc('mine', 'two', 'three'))
  tab.autosave.keep()
  server.elsewhere(doc('theirs', 'two', 'three'))
  for (let reload = 0; reload < 2; reload++) {
    const next = await openTab(server)
    expect(kind(next)).toBe('conflict')
    next.autosave.keep()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(words(server.text)).toBe('theirs|two|three')
  }
  const last = await openTab(server)
  last.autosave.resolve('mine')
  await vi.advanceTimersByTimeAsync(pace.save)
  expect(words(server.text)).toBe('mine|two|three')
  expect(keptKeys()).toHaveLength(0)
})

test('nobody finds the text of another person', async () => {
  const tab = await openTab(server)
  tab.type(doc('secret'))
  tab.autosave.keep()
  const other = await openTab(server, new Keeper('u2', 'd1'))
  expect(other.isKept).toBe(false)
})

test('offline it waits longer each time, and saves when the server is back', async () => {
  const tab = await openTab(server)
  server.failure = new ApiError({ code: 'offline', detail: 'Away.' })
  tab.type(doc('one', 'offline'))
  await vi.advanceTimersByTimeAsync(pace.save)
  expect(tab.autosave.status.get()).toEqual({ kind: 'offline', isKept: true })
  expect(keptKeys()).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(server.writes).toBeLessThan(8)
  tab.type(doc('one', 'offline', 'more'))
  server.failure = undefined
  await vi.advanceTimersByTimeAsync(pace.longestRetry)
  expect(words(server.text)).toBe('one|offline|more')
  expect(kind(tab)).toBe('saved')
})

test('a device that keeps nothing says so', async () => {
  const tab = await openTab(server)
  server.failure = new ApiError({ status: 503, code: 'unavailable', detail: 'Away.' })
  const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  tab.type(doc('x'))
  await vi.advanceTimersByTimeAsync(pace.save)
  expect(tab.autosave.status.get()).toEqual({ kind: 'offline', isKept: false })
  full.mockRestore()
})

test('two tabs in different paragraphs: both texts stay, nobody is asked', async () => {
  const [a, b] = [await openTab(server), await openTab(server)]
  a.type(doc('one, a', 'two', 'three'))
  b.type(doc('one', 'two', 'three, b'))
  await vi.advanceTimersByTimeAsync(pace.save + 100)
  expect(words(server.text)).toBe('one, a|two|three, b')
  expect([kind(a), kind(b)]).toEqual(['saved', 'saved'])
  await a.autosave.refresh()
  expect(words(a.text)).toBe('one, a|two|three, b')
})

test.each([
  ['theirs', 'a|two|three'],
  ['mine', 'b|two|three'],
  ['both', 'a|b|two|three'],
] as const)('two tabs in the same paragraph: a person chooses %s', async (choice, want) => {
  const [a, b] = [await openTab(server), await openTab(server)]
  a.type(doc('a', 'two', 'three'))
  await vi.advanceTimersByTimeAsync(pace.save)
  b.type(doc('b', 'two', 'three'))
  await vi.advanceTimersByTimeAsync(pace.save)
  expect(kind(b)).toBe('conflict')
  expect(words(server.text)).toBe('a|two|three')
  expect(keptKeys()).toHaveLength(1)
  expect(await b.autosave.flush()).toBe(false)
  b.autosave.resolve(choice)
  await vi.advanceTimersByTimeAsync(pace.save)
  expect(words(server.text)).toBe(want)
  expect(words(b.text)).toBe(want)
  expect(kind(b)).toBe('saved')
  expect(keptKeys()).toHaveLength(0)
})

test('what is typed while a save is under way is saved next', async () => {
  const tab = await openTab(server)
  const write = server.write
  let release = () => {}
  server.write = async (next, version) => {
    await new Promise<void>((resolve) => {
      release = resolve
    })
    return write(next, version)
  }
  tab.type(doc('first'))
  await vi.advanceTimersByTimeAsync(pace.save)
  tab.type(doc('first', 'second'))
  server.write = write
  release()
  await vi.advanceTimersByTimeAsync(pace.save)
  expect(words(server.text)).toBe('first|second')
  expect(kind(tab)).toBe('saved')
})

test('a text that the server refuses is kept, and not sent again and again', async () => {
  const tab = await openTab(server)
  server.failure = new ApiError({ status: 409, code: 'conflict', detail: 'This draft is approved.' })
  tab.type(doc('too late'))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(server.writes).toBe(1)
  expect(tab.autosave.status.get()).toMatchObject({ kind: 'refused', reason: 'This draft is approved.' })
  expect(keptKeys()).toHaveLength(1)
  await tab.autosave.discard()
  expect(words(tab.text)).toBe('one|two|three')
  expect(keptKeys()).toHaveLength(0)
  expect(kind(tab)).toBe('saved')
})

test('closing sends what was typed', async () => {
  const tab = await openTab(server)
  tab.type(doc('last words'))
  await tab.autosave.close()
  expect(words(server.text)).toBe('last words')
  expect(keptKeys()).toHaveLength(0)
})
