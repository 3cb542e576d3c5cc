import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import type { StepMap } from '@tiptap/pm/transform'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { unconfirmedOf, versionOf } from './collab'
import { Step } from './prosemirror'
import type { ServerMessage } from './protocol'

/** Somebody who has the draft open in another tab. */
export interface Present {
  client: string
  user: string
  name: string
  readOnly: boolean
  color: number
  /** In the document as it is here now; null while it is not known. */
  anchor: number | null
  head: number | null
}

interface PresenceState {
  people: ReadonlyMap<string, Present>
  decorations: DecorationSet
}

type Change =
  | { cur: Extract<ServerMessage, { t: 'cur' }>; maps: readonly StepMap[] | null }
  | { gone: string }
  | { clear: true }

const key = new PluginKey<PresenceState>('presence')

/** How many colours there are; the stylesheet has --live-0 to --live-7. */
export const colors = 8

/** The same colour for the same person, everywhere. */
export function colorOf(user: string): number {
  let sum = 0
  for (const c of user) sum = (sum * 31 + (c.codePointAt(0) ?? 0)) % 997
  return sum % colors
}

export function presence() {
  return new Plugin<PresenceState>({
    key,
    state: {
      init: () => ({ people: new Map(), decorations: DecorationSet.empty }),
      apply(tr, old) {
        const change = tr.getMeta(key) as Change | undefined
        if (!change && !tr.docChanged) return old
        const people = new Map(old.people)
        if (tr.docChanged) for (const p of old.people.values()) people.set(p.client, follow(p, tr))
        if (change) take(people, change, tr)
        return { people, decorations: decorate(people, tr) }
      },
    },
    props: { decorations: (state) => key.getState(state)?.decorations },
  })
}

export const peopleOf = (state: EditorState): Present[] => [...(key.getState(state)?.people.values() ?? [])]

function follow(p: Present, tr: Transaction): Present {
  if (p.anchor === null || p.head === null) return p
  return { ...p, anchor: tr.mapping.map(p.anchor), head: tr.mapping.map(p.head) }
}

function take(people: Map<string, Present>, change: Change, tr: Transaction) {
  if ('clear' in change) people.clear()
  else if ('gone' in change) people.delete(change.gone)
  else {
    const { c, u, n, ro, a } = change.cur
    const { maps } = change
    const at = (pos: number) =>
      Math.min(
        tr.doc.content.size,
        (maps ?? []).reduce((x, m) => m.map(x), pos),
      )
    const known = a && maps ? { anchor: at(a[0]), head: at(a[1]) } : { anchor: null, head: null }
    people.set(c, { client: c, user: u, name: n, readOnly: ro ?? false, color: colorOf(u), ...known })
  }
}

function decorate(people: ReadonlyMap<string, Present>, tr: Transaction): DecorationSet {
  const all: Decoration[] = []
  for (const p of people.values()) {
    if (p.anchor === null || p.head === null) continue
    all.push(Decoration.widget(p.head, () => caret(p), { key: `${p.client} ${p.name}`, side: 10 }))
    const [from, to] = [Math.min(p.anchor, p.head), Math.max(p.anchor, p.head)]
    if (from < to)
      all.push(Decoration.inline(from, to, { class: 'live-selection', style: `--live: var(--live-${p.color})` }))
  }
  return DecorationSet.create(tr.doc, all)
}

function caret(p: Present): HTMLElement {
  const mark = document.createElement('span')
  mark.className = 'live-caret'
  mark.style.setProperty('--live', `var(--live-${p.color})`)
  mark.setAttribute('aria-hidden', 'true') // the list of people says who is here
  mark.dataset.name = p.name // drawn by the stylesheet, so that it is no part of the text
  return mark
}

/** Puts carets of others where they are now: theirs are positions in a version that may be older, or not here yet. */
export class Carets {
  #past: { version: number; maps: StepMap[] }[] = []
  readonly #early = new Map<string, Extract<ServerMessage, { t: 'cur' }>>()

  /** Remembers what a commit did to positions, and gives the changes that waited for it. */
  committed(m: Extract<ServerMessage, { t: 'steps' }>, state: EditorState): Transaction[] {
    this.#past.push({ version: m.v, maps: m.s.map((s) => Step.fromJSON(state.schema, s).getMap()) })
    if (this.#past.length > 500) this.#past = this.#past.slice(-250)
    const ready = [...this.#early.values()].filter((cur) => cur.v <= versionOf(state))
    return ready.map((cur) => this.heard(cur, state)).filter((tr) => tr !== null)
  }

  /** The change that a message makes; null when it has to wait. */
  heard(m: Extract<ServerMessage, { t: 'cur' | 'gone' }>, state: EditorState): Transaction | null {
    if (m.t === 'gone') {
      this.#early.delete(m.c)
      return this.#change(state, { gone: m.c })
    }
    if (m.v > versionOf(state)) {
      this.#early.set(m.c, m)
      return null
    }
    this.#early.delete(m.c)
    return this.#change(state, { cur: m, maps: this.since(m.v, state) })
  }

  /** After a new beginning nobody's place is known. */
  forget(state: EditorState): Transaction {
    this.#past = []
    this.#early.clear()
    return this.#change(state, { clear: true })
  }

  #change(state: EditorState, change: Change): Transaction {
    return state.tr.setMeta(key, change).setMeta('addToHistory', false)
  }

  /** How a confirmed version became the text as it is here; null when that is not known any more. */
  since(version: number, state: EditorState): StepMap[] | null {
    const later = this.#past.filter((c) => c.version >= version)
    const known = later.reduce((n, c) => n + c.maps.length, 0)
    if (known < versionOf(state) - version) return null
    return [...later.flatMap((c) => c.maps), ...unconfirmedOf(state).map((u) => u.step.getMap())]
  }
}
