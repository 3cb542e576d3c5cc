import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { Sha256 } from './sha256'

const digest = (text: string) => new Sha256().update(new TextEncoder().encode(text)).digest()

test('the examples of the standard', () => {
  expect(digest('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(digest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(digest('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  )
})

test('any length in any pieces gives what the system gives', () => {
  const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * 31 + (i >> 3)) & 255)
  for (const length of [1, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 1000, 4999]) {
    for (const piece of [1, 7, 64, 100, 5000]) {
      const hash = new Sha256()
      for (let at = 0; at < length; at += piece) hash.update(bytes.subarray(at, Math.min(at + piece, length)))
      expect(hash.digest()).toBe(createHash('sha256').update(bytes.subarray(0, length)).digest('hex'))
    }
  }
})
