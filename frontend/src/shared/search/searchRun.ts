/** What a search came to. */
export interface Outcome {
  words: string
  found: number
  opened: boolean
}

interface Shown {
  words: string
  found: number
  since: number
}

/** How long an answer stands until somebody has read that there is nothing for them. */
const restsFor = 1000

/**
 * The searches of one box, told one by one when they are over. While somebody types on it stays the same search: only what
 * they settled on counts, not each letter on the way.
 */
export class SearchRun {
  private shown: Shown | undefined
  private pending: Omit<Outcome, 'opened'> | undefined
  private readonly send: (outcome: Outcome) => void
  private readonly now: () => number

  constructor(send: (outcome: Outcome) => void, now: () => number = Date.now) {
    this.send = send
    this.now = now
  }

  /** An answer is on the screen. */
  seen(words: string, found: number): void {
    const next = words.trim()
    if (this.shown?.words === next) {
      this.shown.found = found
      return
    }
    this.settle()
    this.shown = next ? { words: next, found, since: this.now() } : undefined
  }

  /** One of the hits was opened. */
  opened(): void {
    if (!this.shown) return
    if (this.pending && !isSame(this.pending.words, this.shown.words)) this.flush()
    const { words, found } = this.shown
    this.pending = undefined
    this.shown = undefined
    this.send({ words, found: Math.max(1, found), opened: true })
  }

  /** The box is closed, or the page left. */
  end(): void {
    this.settle()
    this.shown = undefined
    this.flush()
  }

  /** It was no search after all, or goes on elsewhere with the same words. */
  drop(): void {
    const same = this.pending && this.shown && isSame(this.pending.words, this.shown.words)
    if (same) this.pending = undefined
    this.shown = undefined
    this.flush()
  }

  private settle(): void {
    if (!this.shown || this.now() - this.shown.since < restsFor) return
    const { words, found } = this.shown
    if (this.pending && !isSame(this.pending.words, words)) this.flush()
    this.pending = { words, found }
  }

  private flush(): void {
    if (this.pending) this.send({ ...this.pending, opened: false })
    this.pending = undefined
  }
}

function isSame(before: string, now: string): boolean {
  const [a, b] = [before.toLowerCase(), now.toLowerCase()]
  return a.startsWith(b) || b.startsWith(a)
}
