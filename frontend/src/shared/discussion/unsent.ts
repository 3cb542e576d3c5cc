import type { Named } from './mentions'

/** A comment that is not sent yet: its words, and who was picked behind an @. */
export interface Unsent {
  text: string
  people: readonly Named[]
}

export const noWords: Unsent = { text: '', people: [] }
