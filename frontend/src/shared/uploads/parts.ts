import { signParts } from '@/shared/api/generated/sdk.gen'
import type { PartAddress, Upload } from '@/shared/api/generated/types.gen'
import { PartFailed, putPart, retrying } from './transfer'

const lanes = 3
// parts in a row that arrive before one more goes beside them again after the link had broken
const calm = 20
const signedAhead = 6
// addresses work for 15 minutes
const freshFor = 12 * 60_000

interface SendParts {
  file: Blob
  upload: Upload
  signal: AbortSignal
  /** All bytes that have arrived or are on their way. */
  onProgress: (bytes: number) => void
}

/**
 * Puts the parts that are missing, three at a time; one at a time while the link keeps breaking, because every part that is
 * under way then is sent again.
 */
export async function sendParts({ file, upload, signal, onProgress }: SendParts): Promise<void> {
  const { part_size: size, parts, asset } = upload
  const lengthOf = (n: number) => Math.min(size, file.size - (n - 1) * size)
  const sent = new Map(upload.done.map((n) => [n, lengthOf(n)]))
  const missing = Array.from({ length: parts }, (_, i) => i + 1).filter((n) => !sent.has(n))
  const addresses = new Map<number, { part: PartAddress; at: number }>()
  // one lane that fails stops the others
  const stop = new AbortController()
  const both = AbortSignal.any([signal, stop.signal])
  const report = () => onProgress([...sent.values()].reduce((sum, bytes) => sum + bytes, 0))
  report()

  const addressOf = async (n: number): Promise<PartAddress> => {
    const known = addresses.get(n)
    if (known && Date.now() - known.at < freshFor) return known.part
    const numbers = [n, ...missing.filter((m) => m > n && !addresses.has(m)).slice(0, signedAhead - 1)]
    const { data } = await signParts({ path: { id: asset.id }, body: { numbers } })
    for (const part of data.items) addresses.set(part.number, { part, at: Date.now() })
    return (addresses.get(n) as { part: PartAddress }).part
  }

  const sendOne = async (n: number): Promise<void> => {
    const { url, length } = await addressOf(n)
    const from = (n - 1) * size
    const progress = (bytes: number) => {
      sent.set(n, Math.min(bytes, length))
      report()
    }
    try {
      await putPart({ url, body: file.slice(from, from + length), signal: both, onProgress: progress })
      progress(length)
    } catch (error) {
      progress(0)
      if (error instanceof PartFailed) addresses.delete(n)
      throw error
    }
  }

  let allowed = lanes
  let inARow = 0
  const sendNext = async (): Promise<void> => {
    const n = missing.shift() as number
    await retrying(both, async () => {
      try {
        await sendOne(n)
      } catch (error) {
        if (error instanceof PartFailed && error.status === 0) allowed = 1
        inARow = 0
        throw error
      }
    })
    if (++inARow % calm === 0) allowed = Math.min(lanes, allowed + 1)
  }
  try {
    await new Promise<void>((resolve, reject) => {
      let underWay = 0
      const pump = () => {
        if (missing.length === 0 && underWay === 0) resolve()
        for (; underWay < allowed && missing.length > 0; underWay++) {
          sendNext().then(() => {
            underWay--
            pump()
          }, reject)
        }
      }
      pump()
    })
  } catch (error) {
    stop.abort()
    throw error
  }
}
