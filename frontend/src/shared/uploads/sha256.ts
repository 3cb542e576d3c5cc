const K = new Uint32Array(64)
const start = new Uint32Array(8)

/** The constants of FIPS 180-4: the first 32 bits of the fractional parts of roots of the first primes. */
function fillConstants(): void {
  const fraction = (x: number) => ((x - Math.floor(x)) * 0x1_0000_0000) >>> 0
  let found = 0
  for (let n = 2; found < 64; n++) {
    let isPrime = true
    for (let d = 2; d * d <= n; d++) if (n % d === 0) isPrime = false
    if (!isPrime) continue
    if (found < 8) start[found] = fraction(Math.sqrt(n))
    K[found++] = fraction(Math.cbrt(n))
  }
}
fillConstants()

/**
 * SHA-256 of what comes in pieces, for files of any size. The browser's own digest wants the whole file in memory and a
 * secure context, and WebAssembly would have to be allowed in the content security policy.
 */
export class Sha256 {
  private readonly state = Uint32Array.from(start)
  private readonly words = new Uint32Array(64)
  private readonly block = new Uint8Array(64)
  private filled = 0
  private total = 0

  update(data: Uint8Array): this {
    this.total += data.length
    let at = 0
    if (this.filled > 0) {
      at = Math.min(64 - this.filled, data.length)
      this.block.set(data.subarray(0, at), this.filled)
      this.filled += at
      if (this.filled < 64) return this
      this.mix(this.block, 0)
      this.filled = 0
    }
    for (; at + 64 <= data.length; at += 64) this.mix(data, at)
    this.block.set(data.subarray(at))
    this.filled = data.length - at
    return this
  }

  /** As 64 hexadecimal digits; nothing can be added afterwards. */
  digest(): string {
    const bits = this.total * 8
    const padding = new Uint8Array((this.filled < 56 ? 56 : 120) - this.filled + 8)
    padding[0] = 0x80
    const view = new DataView(padding.buffer)
    view.setUint32(padding.length - 8, Math.floor(bits / 0x1_0000_0000))
    view.setUint32(padding.length - 4, bits >>> 0)
    this.update(padding)
    return Array.from(this.state, (word) => word.toString(16).padStart(8, '0')).join('')
  }

  private mix(data: Uint8Array, offset: number): void {
    const w = this.words
    for (let i = 0, at = offset; i < 16; i++, at += 4) {
      w[i] =
        ((data[at] as number) << 24) |
        ((data[at + 1] as number) << 16) |
        ((data[at + 2] as number) << 8) |
        (data[at + 3] as number)
    }
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15] as number
      const y = w[i - 2] as number
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
      w[i] = ((w[i - 16] as number) + s0 + (w[i - 7] as number) + s1) | 0
    }
    const s = this.state
    let [a, b, c, d, e, f, g, h] = s as unknown as [number, number, number, number, number, number, number, number]
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (K[i] as number) + (w[i] as number)) | 0
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
      h = g
      g = f
      f = e
      e = (d + t1) | 0
      d = c
      c = b
      b = a
      a = (t1 + t2) | 0
    }
    const sum = [a, b, c, d, e, f, g, h]
    for (let i = 0; i < 8; i++) s[i] = ((s[i] as number) + (sum[i] as number)) | 0
  }
}
