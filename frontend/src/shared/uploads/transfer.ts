import { ApiError, isOffline } from '@/shared/api/problem'

/** The file on the disk went away or changed while it was read. */
export class Unreadable extends Error {}

/** A part that did not arrive: status 0 when the connection broke. */
export class PartFailed extends Error {
  readonly status: number
  constructor(status: number) {
    super(`part failed with status ${status}`)
    this.status = status
  }
}

interface Put {
  url: string
  body: Blob
  signal: AbortSignal
  onProgress: (bytes: number) => void
}

/** Puts one part. XMLHttpRequest, since fetch does not tell how far an upload is. */
export function putPart({ url, body, signal, onProgress }: Put): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const stop = () => request.abort()
    signal.addEventListener('abort', stop)
    request.open('PUT', url)
    request.timeout = 10 * 60_000
    request.upload.onprogress = (event) => onProgress(event.loaded)
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve()
      else reject(new PartFailed(request.status))
    }
    request.onerror = () => reject(new PartFailed(0))
    request.ontimeout = () => reject(new PartFailed(0))
    request.onabort = () => reject(signal.reason)
    request.onloadend = () => signal.removeEventListener('abort', stop)
    request.send(body)
  })
}

function isTransient(error: unknown): boolean {
  // 403: the address has run out, a new one is asked for; 404: the upload is gone
  if (error instanceof PartFailed) return error.status !== 404
  return isOffline(error) || (error instanceof ApiError && (error.status >= 500 || error.status === 429))
}

export const patience = { tries: 7, firstWait: 500, longestWait: 20_000 }

/** Rests until it is worth trying again: later each time, and not before the device is online. */
async function rest(attempt: number, error: unknown, signal: AbortSignal): Promise<void> {
  const asked = error instanceof ApiError && error.retryAfter ? error.retryAfter * 1000 : 0
  const wait = Math.min(patience.longestWait, patience.firstWait * 2 ** attempt) * (0.75 + Math.random() / 2)
  await new Promise<void>((resolve, reject) => {
    const stop = () => reject(signal.reason)
    const go = () => {
      signal.removeEventListener('abort', stop)
      resolve()
    }
    signal.addEventListener('abort', stop)
    setTimeout(
      () => (navigator.onLine ? go() : window.addEventListener('online', go, { once: true })),
      Math.max(wait, asked),
    )
  })
}

/** Does something over a connection that may break. Offline time does not count as tries. */
export async function retrying<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    signal.throwIfAborted()
    try {
      return await work()
    } catch (error) {
      signal.throwIfAborted()
      if (!isTransient(error) || attempt + 1 >= patience.tries) throw error
      if (!navigator.onLine) attempt = 0
      await rest(attempt, error, signal)
    }
  }
}
