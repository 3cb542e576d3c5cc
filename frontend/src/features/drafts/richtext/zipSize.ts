/** A part of a ZIP archive, as its directory says. */
interface Part {
  packed: Uint8Array<ArrayBuffer>
  isDeflated: boolean
  size: number
}

const mostParts = 5000

/** The parts of an archive; throws when it is none, or has more than any document has. */
function partsOf(archive: ArrayBuffer): Part[] {
  const view = new DataView(archive)
  let end = archive.byteLength - 22
  const first = Math.max(0, end - 65_535)
  while (end >= first && view.getUint32(end, true) !== 0x06054b50) end--
  if (end < first) throw new Error('no archive')
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (count > mostParts) return []
  const parts: Part[] = []
  for (let i = 0; i < count; i++) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new Error('no directory')
    const start = view.getUint32(at + 42, true)
    if (view.getUint32(start, true) !== 0x04034b50) throw new Error('no part')
    const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true)
    parts.push({
      packed: new Uint8Array(archive, from, view.getUint32(at + 20, true)),
      isDeflated: view.getUint16(at + 10, true) === 8,
      size: view.getUint32(at + 24, true),
    })
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return parts
}

const piece = 16 * 1024

/** A little at a time: all that one piece unpacks to, a thousand times as much, is there before it can be counted. */
function inPieces(packed: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(packed.subarray(at, at + piece))
      at += piece
      if (at >= packed.byteLength) controller.close()
    },
  })
}

/**
 * Whether a ZIP archive unpacks to at most so many bytes. What its directory says is looked at first; but that may lie,
 * so the parts are then unpacked and counted, without keeping anything, until it is too much. Throws when it is no archive.
 */
export async function fits(archive: ArrayBuffer, most: number): Promise<boolean> {
  const parts = partsOf(archive)
  if (parts.length === 0 || parts.reduce((sum, part) => sum + part.size, 0) > most) return false
  let sum = 0
  for (const { packed, isDeflated } of parts) {
    if (!isDeflated) {
      sum += packed.byteLength
      if (sum > most) return false
      continue
    }
    const reader = inPieces(packed).pipeThrough(new DecompressionStream('deflate-raw')).getReader()
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      sum += value?.byteLength ?? 0
      if (sum <= most) continue
      await reader.cancel()
      return false
    }
  }
  return true
}
