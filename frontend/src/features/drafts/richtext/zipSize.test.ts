import { expect, test } from 'vitest'
import { unpacksTo } from './zipSize'

/** A directory of a ZIP archive whose parts say how large they are. */
function archive(sizes: number[], count = sizes.length): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(sizes.length * 46 + 22))
  sizes.forEach((size, i) => {
    view.setUint32(i * 46, 0x02014b50, true)
    view.setUint32(i * 46 + 24, size, true)
  })
  const end = sizes.length * 46
  view.setUint32(end, 0x06054b50, true)
  view.setUint16(end + 10, count, true)
  view.setUint32(end + 16, 0, true)
  return view.buffer
}

test('an archive is judged by what it unpacks to, before it is unpacked', () => {
  expect(unpacksTo(archive([100, 20]))).toBe(120)
  expect(unpacksTo(archive([4_000_000_000, 4_000_000_000]))).toBe(8_000_000_000)
  expect(unpacksTo(archive([1], 6000))).toBe(Number.POSITIVE_INFINITY)
  expect(() => unpacksTo(new ArrayBuffer(100))).toThrow()
  expect(() => unpacksTo(new ArrayBuffer(3))).toThrow()
  expect(() => unpacksTo(archive([1], 2))).toThrow()
})
