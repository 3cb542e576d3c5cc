import './i18n' // problems are said in these words
import { newKey } from '@/shared/api/client'
import { abortUpload, beginUpload, completeUpload, getAsset, getUpload } from '@/shared/api/generated/sdk.gen'
import type { Asset } from '@/shared/api/generated/types.gen'
import { ApiError, isNotFound, messageOf } from '@/shared/api/problem'
import { i18n } from '@/shared/i18n'
import { createStore } from '@/shared/lib/store'
import { hashFile } from './hashFile'
import { forget, type Remembered, readMemory, remember } from './memory'
import { sendParts } from './parts'
import { attach, type UploadTarget } from './targets'
import { PartFailed, retrying, Unreadable } from './transfer'

export type UploadState = 'checking' | 'uploading' | 'paused' | 'needsFile' | 'failed' | Asset['state']

/** One file on its way, as the tray shows it. */
export interface UploadItem {
  key: string
  userId: string
  name: string
  size: number
  state: UploadState
  /** Bytes read while checking, bytes sent while uploading. */
  done: number
  target?: UploadTarget
  assetId?: string
  /** Once it has been looked at. */
  asset?: Asset
  /** Why it failed, for people. */
  problem?: string
  /** Not shown in the tray: the caller shows it. */
  isQuiet: boolean
}

/** All uploads of this tab, oldest first. They live as long as the tab, whichever page is open. */
export const uploads = createStore<UploadItem[]>([])

interface Running {
  file?: File
  sha256?: string
  /** The file whose sha256 that is; one that is chosen again is read again. */
  checked?: File
  abort?: AbortController
}

const running = new Map<string, Running>()

const find = (key: string) => uploads.get().find((item) => item.key === key)

function patch(key: string, change: Partial<UploadItem>): void {
  uploads.set(uploads.get().map((item) => (item.key === key ? { ...item, ...change } : item)))
}

function add(item: UploadItem, run: Running): void {
  running.set(item.key, run)
  uploads.set([...uploads.get(), item])
}

interface StartOptions {
  userId: string
  /** What it is attached to once it has arrived. */
  target?: UploadTarget
  isQuiet?: boolean
}

/** What the server takes at most, in bytes. */
const mostBytes = 5 * 2 ** 30

/** Begins an upload and gives its key. What the server would refuse for its size is refused before it is read. */
export function startUpload(file: File, { userId, target, isQuiet = false }: StartOptions): string {
  const key = newKey()
  const item = { key, userId, name: file.name, size: file.size, done: 0, target, isQuiet }
  if (file.size === 0 || file.size > mostBytes) {
    add({ ...item, state: 'refused', problem: i18n.t(file.size === 0 ? 'uploads:empty' : 'uploads:tooLarge') }, {})
    return key
  }
  add({ ...item, state: 'checking' }, { file })
  void run(key)
  return key
}

/** Shows what was on its way before the page was reloaded. */
export function restoreUploads(userId: string): void {
  const known = new Set(uploads.get().map((item) => item.assetId))
  for (const entry of readMemory(userId)) {
    if (!known.has(entry.assetId)) void restore(userId, entry)
  }
}

async function restore(userId: string, { assetId, name, size, sha256, target }: Remembered): Promise<void> {
  const key = assetId
  const item = { key, userId, name, size, assetId, target, done: 0, isQuiet: false, state: 'needsFile' as const }
  add(item, { sha256 })
  try {
    const { data } = await getUpload({ path: { id: assetId } })
    if (data.asset.state !== 'uploading') return void run(key)
    patch(key, { done: Math.min(size, data.done.length * data.part_size) })
  } catch (error) {
    if (isNotFound(error)) dismissUpload(key) // swept, or cancelled in another tab
  }
}

/** Stops sending; what has arrived stays. */
export function pauseUpload(key: string): void {
  patch(key, { state: 'paused' })
  running.get(key)?.abort?.abort()
}

/** Goes on after a pause or failure; after a reload the same file has to be given again. */
export function resumeUpload(key: string, file?: File): void {
  const item = find(key)
  const entry = running.get(key)
  if (!item || !entry) return
  if (file) {
    if (file.name !== item.name || file.size !== item.size) {
      patch(key, { problem: i18n.t('uploads:otherFile', { name: item.name }) })
      return
    }
    entry.file = file
  }
  patch(key, { problem: undefined })
  void run(key)
}

/** Stops, and throws away what has arrived. */
export function cancelUpload(key: string): void {
  const item = find(key)
  running.get(key)?.abort?.abort()
  dismissUpload(key)
  if (item?.assetId) void abortUpload({ path: { id: item.assetId } }).catch(() => {}) // the server sweeps what remains
}

/** Takes an upload that came to its end out of the tray. */
export function dismissUpload(key: string): void {
  const item = find(key)
  if (item?.assetId) forget(item.userId, item.assetId)
  running.delete(key)
  uploads.set(uploads.get().filter((other) => other.key !== key))
}

const ends: UploadState[] = ['ready', 'limited', 'refused']

export function isEnded(item: UploadItem): boolean {
  return ends.includes(item.state)
}

/** Waits until a file is fit for use; throws with the reason when it is not. */
export function uploaded(key: string): Promise<Asset> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const item = find(key)
      if (item?.state === 'processing' || (item && !isEnded(item) && item.state !== 'failed')) return
      stop()
      if (item?.isQuiet) dismissUpload(key)
      if (item?.asset && item.state !== 'refused') resolve(item.asset)
      else reject(new ApiError({ status: 422, code: 'invalid', detail: item?.problem ?? i18n.t('error.upload') }))
    }
    const stop = uploads.subscribe(look)
    look()
  })
}

/** Does what is still to do for an upload, whatever that is. */
async function run(key: string): Promise<void> {
  const entry = running.get(key)
  if (!entry || (entry.abort && !entry.abort.signal.aborted)) return // a double click
  const abort = new AbortController()
  entry.abort = abort
  try {
    await send(key, entry, abort.signal)
    await settle(key, abort.signal)
  } catch (error) {
    if (!abort.signal.aborted) patch(key, { state: 'failed', problem: problemOf(error) })
  } finally {
    abort.abort()
  }
}

function problemOf(error: unknown): string {
  if (error instanceof Unreadable || error instanceof DOMException) return i18n.t('uploads:unreadable')
  if (error instanceof PartFailed) return i18n.t(error.status === 0 ? 'uploads:connection' : 'uploads:storage')
  return messageOf(error)
}

/** Checks, begins and sends, unless that was done before. */
async function send(key: string, entry: Running, signal: AbortSignal): Promise<void> {
  const item = find(key)
  if (!item) return
  const { file } = entry
  if (file && entry.checked !== file) {
    patch(key, { state: 'checking', done: 0 })
    const sha256 = await hashFile(file, (done) => patch(key, { done }), signal)
    if (entry.sha256 && entry.sha256 !== sha256) {
      entry.file = undefined
      patch(key, { state: 'needsFile', problem: i18n.t('uploads:otherFile', { name: item.name }) })
      throw abortedBy(entry)
    }
    entry.sha256 = sha256
    entry.checked = file
  }
  patch(key, { state: 'uploading', done: 0 })
  const upload = await retrying(signal, () => beginOrFind(item, entry))
  const assetId = upload.asset.id
  patch(key, { assetId })
  if (upload.asset.state === 'uploading') {
    if (!file) {
      patch(key, { state: 'needsFile' })
      throw abortedBy(entry)
    }
    if (!item.isQuiet) {
      const { userId, name, size, target } = item
      remember(userId, { assetId, name, size, sha256: entry.sha256 ?? '', target })
    }
    await sendParts({ file, upload, signal, onProgress: (done) => patch(key, { done }) })
    await retrying(signal, () => completeUpload({ path: { id: assetId } }))
  }
  patch(key, { state: 'processing', done: item.size })
}

/** Ends a run that waits for the user: not a failure. */
function abortedBy(entry: Running): unknown {
  entry.abort?.abort()
  return entry.abort?.signal.reason
}

async function beginOrFind(item: UploadItem, { file, sha256 }: Running) {
  const assetId = find(item.key)?.assetId
  if (assetId) {
    const { data } = await getUpload({ path: { id: assetId } })
    return data
  }
  const { data } = await beginUpload({
    headers: { 'Idempotency-Key': item.key },
    body: { name: item.name, size: item.size, media_type: file?.type || undefined, sha256 },
  })
  return data
}

/** Attaches the file and waits until the server has looked at it. */
async function settle(key: string, signal: AbortSignal): Promise<void> {
  const item = find(key)
  if (!item?.assetId) return
  const id = item.assetId
  const { target } = item
  if (target) await retrying(signal, () => attach(id, target))
  for (let wait = 400; ; wait = Math.min(4000, wait * 1.5)) {
    const { data: asset } = await retrying(signal, () => getAsset({ path: { id } }))
    if (asset.state !== 'processing' && asset.state !== 'uploading') {
      forget(item.userId, id)
      patch(key, { state: asset.state, asset, problem: asset.state === 'refused' ? asset.explanation : undefined })
      return
    }
    await new Promise((resolve) => setTimeout(resolve, wait))
    if (signal.aborted) return
  }
}
