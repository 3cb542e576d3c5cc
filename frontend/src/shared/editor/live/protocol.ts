/**
 * The live protocol: JSON text frames on one WebSocket, `d` names the draft. The server's side is
 * backend/internal/coedit/protocol.go; docs/live.md describes both.
 */
export type ClientMessage =
  /** Take part: ticket (empty to ask again for what was missed), last version or -1, client id, schema hash. */
  | { t: 'open'; d: string; k: string; v: number; c: string; h: string }
  /** Steps on top of version v: batch number, and the place of each step in the batch as first sent. */
  | { t: 'push'; d: string; v: number; b: number; s: object[]; i: number[] }
  /** Where the caret is: anchor and head. */
  | { t: 'cur'; d: string; v: number; a: [number, number] }
  | { t: 'close'; d: string }

export type ServerMessage =
  /** The whole document, when the server cannot or need not send what was missed. */
  | { t: 'init'; d: string; v: number; doc: object; ro?: boolean; why?: string }
  /** Everything that was missed has been sent. */
  | { t: 'ready'; d: string; v: number; ro?: boolean; why?: string }
  /** A commit, sent to all, its author included, after it is stored. */
  | { t: 'steps'; d: string; v: number; c: string; u: string; b: number; s: object[]; i: number[] }
  /** Nothing of the batch found a place. */
  | { t: 'void'; d: string; b: number }
  /** Too much happened meanwhile: rebase and send again. */
  | { t: 'behind'; d: string; b: number }
  /** The batch was refused and is not stored; sending it again will not help. */
  | { t: 'bad'; d: string; b: number; e: string }
  /** Somebody is here; without a, their caret is not known. */
  | { t: 'cur'; d: string; v: number; c: string; u: string; n: string; a?: [number, number]; ro?: boolean }
  | { t: 'gone'; d: string; c: string }
  /** What one may do has changed. */
  | { t: 'role'; d: string; ro: boolean; why?: string }
  /** Comments in the text have changed: look again. */
  | { t: 'threads'; d: string }
  /** Not or no longer allowed: `code` is ticket (ask for a new one), schema (reload), rights, gone or failed. */
  | { t: 'denied'; d: string; code: DeniedCode; e: string }

export type DeniedCode = 'ticket' | 'schema' | 'rights' | 'gone' | 'failed'
