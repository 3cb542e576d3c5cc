/**
 * How many bytes a ZIP archive says that it unpacks to, read from its directory without unpacking anything. Infinity for
 * one with more parts than any document has. Throws when it is no archive.
 */
export function unpacksTo(archive: ArrayBuffer): number {
  const view = new DataView(archive)
  let end = archive.byteLength - 22
  const first = Math.max(0, end - 65_535)
  while (end >= first && view.getUint32(end, true) !== 0x06054b50) end--
  if (end < first) throw new Error('no archive')
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (count > 5000) return Number.POSITIVE_INFINITY
  let sum = 0
  for (let i = 0; i < count; i++) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new Error('no directory')
    sum += view.getUint32(at + 24, true)
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return sum
}
