import type { Extensions, Editor as TiptapEditor } from '@tiptap/core'
import type { Mapping } from '@tiptap/pm/transform'
import type { Present } from '@/shared/editor/live/presence'
import type { Store } from '@/shared/lib/store'
import type { DocJson } from '@/shared/textdiff/doc'

export type { DocJson }

/** How what is on the screen stands to what the server has. */
export type SaveStatus =
  | { kind: 'connecting' }
  /** All of it is stored. */
  | { kind: 'saved' }
  | { kind: 'saving' }
  /** The server cannot be reached. `isKept` is false when this device keeps nothing either. */
  | { kind: 'offline'; isKept: boolean }
  /** One sees it live and cannot change it. */
  | { kind: 'reading'; why: string }
  /** The connection has ended for good: another version of the application, no right any more, the draft is gone. */
  | { kind: 'ended'; why: 'schema' | 'rights' | 'gone' }

/** Text of this person that found no place any more, and is not lost. */
export interface Unplaced {
  id: string
  text: string
  at: number
  /** Why: others changed the place (conflict), it came too late (late), or the server refused it, in its words. */
  why: 'conflict' | 'late' | (string & {})
}

/** What stands between the editor and the server. The screens know this and nothing else of how a text is saved. */
export interface DocumentTransport {
  readonly status: Store<SaveStatus>
  /** Whether the server takes suggestions only; undefined before it has said. */
  readonly suggests: Store<boolean | undefined>
  readonly unplaced: Store<readonly Unplaced[]>
  /** Others who have this text open. */
  readonly people: Store<readonly Present[]>
  /** Counts what was stored, by whomever. */
  readonly commits: Store<number>
  /** Counts how often comments in the text have changed, or may have while one was away. */
  readonly threadNews: Store<number>
  /** The version of the text that is stored: all of what is here right after flush() said true. */
  readonly version: number
  /** Brings places of a stored version to the text as it is here: 'later' before that version has come, 'lost' when the way is not known. */
  mappingFrom: (version: number) => Mapping | 'later' | 'lost'
  /** Until there is a text to show; `isKept` says that there was some on this device that the server did not have. */
  load: () => Promise<{ isKept: boolean }>
  /** The newest text here: what an editor starts with. */
  content: () => DocJson
  /** What it adds to the editor. */
  readonly extensions: Extensions
  /** Follows an editor that started with content(); gives the function that ends it. */
  attach: (editor: TiptapEditor) => () => void
  /** Waits until all of it is stored; false when that did not work. */
  flush: () => Promise<boolean>
  /** Takes text off the tray, or puts it back. */
  setUnplaced: (all: readonly Unplaced[]) => void
  close: () => void
}
