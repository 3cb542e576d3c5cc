import { hashInSteps } from './hashInSteps'
import { Unreadable } from './transfer'

/** The SHA-256 of a file, computed in a worker where there are any. */
export function hashFile(file: File, onProgress: (bytes: number) => void, signal: AbortSignal): Promise<string> {
  if (typeof Worker === 'undefined') return hashInSteps(file, onProgress)
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./sha256.worker.ts', import.meta.url), { type: 'module' })
    const end = () => worker.terminate()
    signal.addEventListener('abort', () => {
      end()
      reject(signal.reason)
    })
    worker.onmessage = ({ data }: MessageEvent<{ bytes?: number; sha256?: string; isUnreadable?: boolean }>) => {
      if (data.bytes !== undefined) return onProgress(data.bytes)
      end()
      if (data.sha256) resolve(data.sha256)
      else reject(new Unreadable())
    }
    worker.onerror = () => {
      end()
      reject(new Unreadable())
    }
    worker.postMessage(file)
  })
}
