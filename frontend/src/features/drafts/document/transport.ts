import type { Extensions, Editor as TiptapEditor } from '@tiptap/core'
import type { Store } from '@/shared/lib/store'

/** A document as its ProseMirror JSON has it. */
export interface DocJson {
  type: string
  attrs?: Record<string, unknown>
  content?: DocJson[]
  text?: string
  marks?: { type: string; attrs?: Record<string, unknown> }[]
}

/** Two texts that changed at the same place, and cannot be joined without a person. */
export interface DocumentConflict {
  mine: DocJson
  theirs: DocJson
  /** Theirs, then mine, wherever they differ. */
  both: DocJson
}

/** How what is on the screen stands to what the server has. */
export type SaveStatus =
  | { kind: 'saved' }
  /** Typed, and kept on this device; saved in a moment. */
  | { kind: 'unsaved' }
  | { kind: 'saving' }
  /** The server cannot be reached. `isKept` is false when this device keeps nothing either. */
  | { kind: 'offline'; isKept: boolean }
  /** The server does not take it (no right any more, approved meanwhile, not valid). */
  | { kind: 'refused'; reason: string; mine: DocJson }
  | { kind: 'conflict'; conflict: DocumentConflict }

export type Choice = 'theirs' | 'mine' | 'both'

/**
 * What stands between the editor and the server. The screens know this and nothing else of how a text is saved:
 * now as a whole (WholeDocument), later as live steps over a socket.
 */
export interface DocumentTransport {
  readonly status: Store<SaveStatus>
  /** Reads the text; `isKept` says that there was some on this device that the server did not have. */
  load: () => Promise<{ isKept: boolean }>
  /** The newest text here: what an editor starts with. */
  content: () => DocJson
  /** What it adds to the editor. */
  readonly extensions: Extensions
  /** Follows an editor that started with content(); gives the function that ends it. */
  attach: (editor: TiptapEditor) => () => void
  /** Sends what was not sent yet; false when that did not work. */
  flush: () => Promise<boolean>
  /** Shows what others saved, unless something is typed here. */
  refresh: () => Promise<void>
  resolve: (choice: Choice) => void
  /** Lets go of text that the server refused, and shows the server's. */
  discard: () => Promise<void>
  close: () => void
}
