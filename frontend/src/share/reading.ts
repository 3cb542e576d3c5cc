/** What is in sight on a shared page, and for how long, told in small batches. */

export interface Read {
  /** Resource. */
  r: string
  /** File; absent for the text of the resource. */
  a?: string
  /** Page of the file. */
  p: number
  /** Whole seconds. */
  s: number
}

/** Somebody who does nothing for so long is not reading any more. */
const activeFor = 60_000
const batchEvery = 15
/** The first word goes out early: it is what makes a visit a reading. */
const firstAfter = 3

interface Options {
  now: () => number
  isVisible: () => boolean
  /** The part that fills most of the window now. */
  inSight: () => Omit<Read, 's'> | undefined
  send: (reads: Read[]) => void
}

/** Counts whole seconds; `tick` is called once a second. */
export class Reading {
  #reads = new Map<string, Read>()
  #lastActive: number
  #untold = 0
  #told = 0
  #options: Options

  constructor(options: Options) {
    this.#options = options
    this.#lastActive = options.now()
  }

  active(): void {
    this.#lastActive = this.#options.now()
  }

  tick(): void {
    const { now, isVisible, inSight } = this.#options
    if (!isVisible() || now() - this.#lastActive > activeFor) return
    const part = inSight()
    if (!part) return
    const key = `${part.r} ${part.a ?? ''} ${part.p}`
    const read = this.#reads.get(key) ?? { ...part, s: 0 }
    read.s += 1
    this.#reads.set(key, read)
    this.#untold += 1
    if (this.#untold >= (this.#told === 0 ? firstAfter : batchEvery)) this.flush()
  }

  /** Tells what was not told yet. */
  flush(): void {
    if (this.#untold === 0) return
    this.#options.send([...this.#reads.values()].slice(0, 60))
    this.#reads.clear()
    this.#told += this.#untold
    this.#untold = 0
  }
}
