import { deleteSelection, joinBackward, lift, setBlockType, splitBlock, toggleMark, wrapIn } from '@tiptap/pm/commands'
import { history, redo, undo } from '@tiptap/pm/history'
import { Node as PMNode, Schema } from '@tiptap/pm/model'
import { liftListItem, sinkListItem, splitListItem, wrapInList } from '@tiptap/pm/schema-list'
import { type Command, EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { Step } from '@tiptap/pm/transform'
import { asSuggestion } from '../suggest/convert'
import { collab, inFlightOf, unconfirmedOf, versionOf } from './collab'
import type { SchemaSpec } from './engine'
import type { ClientMessage, ServerMessage } from './protocol'
import { type LiveEditor, LiveSession } from './session'

/**
 * Clients of the real session on plain states, driven by random numbers from outside: the property test and the chaos
 * program of the server run them (bundled by scripts/build-engine.mjs). Nothing of the application imports this.
 */
export function testClient(spec: SchemaSpec) {
  const schema = new Schema({
    topNode: spec.topNode,
    nodes: Object.fromEntries(spec.nodes),
    marks: Object.fromEntries(spec.marks),
  })
  const clients = new Map<string, TestClient>()
  const the = (id: string) => {
    const found = clients.get(id)
    if (!found) throw new Error(`no client ${id}`)
    return found
  }
  const take = (c: TestClient) => JSON.stringify(c.out.splice(0))
  return {
    /** With a person, one who suggests, and who tampers with every tenth change. */
    create: (id: string, draft: string, suggester = '') => {
      clients.set(id, new TestClient(schema, id, draft, suggester))
    },
    connect: (id: string, ticket: string) => {
      the(id).session.connected(ticket)
      return take(the(id))
    },
    disconnect: (id: string) => the(id).session.disconnected(),
    receive: (id: string, message: string) => {
      the(id).session.receive(JSON.parse(message) as ServerMessage)
      return take(the(id))
    },
    /** One edit: kind and where come from two random numbers in [0, 1). */
    edit: (id: string, kind: number, where: number, text: string) => {
      the(id).edit(kind, where, text)
      return take(the(id))
    },
    do: (id: string, action: string, find: string, offset: number, text: string) => {
      the(id).act(action, find, offset, text)
      return take(the(id))
    },
    cursor: (id: string) => {
      the(id).session.cursor()
      return take(the(id))
    },
    report: (id: string) => JSON.stringify(the(id).report()),
    remove: (id: string) => clients.delete(id),
    /** Applies stored steps to a document, as the editor's own library does it. */
    replay: (doc: string, steps: string) => {
      let node = PMNode.fromJSON(schema, JSON.parse(doc))
      for (const s of JSON.parse(steps) as object[]) node = apply(schema, node, s)
      return JSON.stringify(node.toJSON())
    },
  }
}

function apply(schema: Schema, node: PMNode, json: object): PMNode {
  const result = Step.fromJSON(schema, json).apply(node)
  if (!result.doc) throw new Error(result.failed ?? 'step failed')
  return result.doc
}

class TestClient implements LiveEditor {
  state: EditorState | null = null
  readonly session: LiveSession
  readonly out: ClientMessage[] = []
  readonly #schema: Schema
  readonly #structural: Command[]
  #dropped = 0
  #refused: string[] = []
  #confirmed: { batch: number; kept: readonly number[] }[] = []
  #denied = ''
  #why = ''
  readonly #people = new Map<string, string>()

  readonly #suggester: string
  #changes = 0

  constructor(schema: Schema, id: string, draft: string, suggester: string) {
    this.#schema = schema
    this.#suggester = suggester
    this.session = new LiveSession({
      draft,
      client: id,
      editor: this,
      send: (m) => this.out.push(m),
      dropped: (steps, why) => {
        this.#dropped += steps.length
        if (why !== 'conflict') this.#refused.push(why)
      },
      confirmed: (batch, kept) => this.#confirmed.push({ batch, kept }),
      ready: (_, why) => {
        this.#why = why
      },
      role: (_, why) => {
        this.#why = why
      },
      presence: (m) => {
        if (m.t === 'cur') this.#people.set(m.c, m.n)
        else this.#people.delete(m.c)
      },
      denied: (code, reason) => {
        this.#denied = `${code}: ${reason}`
      },
    })
    this.#structural = structural(schema)
  }

  dispatch(tr: Transaction) {
    if (this.state) this.state = this.state.apply(tr)
  }

  reset(doc: object, version: number) {
    this.state = EditorState.create({
      doc: PMNode.fromJSON(this.#schema, doc),
      plugins: [collab({ version }), history()],
    })
  }

  edit(kind: number, where: number, text: string) {
    const { state } = this
    if (!state) return
    if (kind < 0.06) this.#select(where, kind)
    else if (kind < 0.22) this.#run(this.#structural[Math.floor(where * this.#structural.length)])
    else if (kind < 0.26) this.#run(toggleMark(this.#mark('bold')))
    else if (kind < 0.3) this.#run(deleteSelection)
    else if (kind < 0.36) this.#backspace()
    else if (state.selection.$from.parent.isTextblock) this.#change(state.tr.insertText(text))
    else this.#select(where, 0)
  }

  /** One action of the table of structural conflicts, at a text of the document. */
  act(action: string, find: string, offset: number, text: string) {
    const { state } = this
    if (!state) return
    const at = position(state.doc, find) + offset
    this.dispatch(state.tr.setSelection(TextSelection.create(state.doc, at)))
    const at0 = this.state as EditorState
    if (action === 'type') this.#change(at0.tr.insertText(text))
    else if (action === 'bold') this.#change(at0.tr.addMark(at, at + text.length, this.#mark('bold').create()))
    else if (action === 'replace') this.#change(at0.tr.insertText(text, at, at + find.length))
    else if (!this.#run(named(this.#schema, action))) throw new Error(`${action} was refused`)
  }

  report() {
    const { state } = this
    return {
      doc: state?.doc.toJSON() as object,
      version: state ? versionOf(state) : -1,
      unconfirmed: state ? unconfirmedOf(state).length : 0,
      in_flight: state ? inFlightOf(state) : null,
      ready: this.session.ready,
      read_only: this.session.readOnly,
      why: this.#why,
      batch: this.session.batch,
      dropped: this.#dropped,
      refused: this.#refused,
      people: [...this.#people.values()].sort(),
      denied: this.#denied,
      confirmed: this.#confirmed.splice(0),
    }
  }

  #mark(name: string) {
    const mark = this.#schema.marks[name]
    if (!mark) throw new Error(`no mark ${name}`)
    return mark
  }

  #change(change: Transaction) {
    const isHonest = ++this.#changes % 10 !== 0
    const tr =
      this.#suggester && this.state && isHonest
        ? asSuggestion(change, this.state, this.#suggester, new Date(0), () => `s${this.#changes}`)
        : change
    this.dispatch(tr)
    if (tr.docChanged) this.session.changed()
  }

  #run(command: Command | undefined): boolean {
    const { state } = this
    return Boolean(state && command?.(state, (tr) => this.#change(tr)))
  }

  #select(where: number, kind: number) {
    const { state } = this
    if (!state) return
    const blocks: [number, number][] = []
    state.doc.descendants((n, pos) => {
      if (n.isTextblock) blocks.push([pos + 1, pos + 1 + n.content.size])
    })
    const scaled = where * blocks.length
    const [from, to] = blocks[Math.floor(scaled)] ?? [1, 1]
    const at = from + Math.floor((scaled % 1) * (to - from + 1))
    const other = kind > 0.036 ? Math.min(state.doc.content.size, at + Math.floor(kind * 400)) : at
    this.dispatch(state.tr.setSelection(TextSelection.between(state.doc.resolve(at), state.doc.resolve(other))))
  }

  #backspace() {
    const { state } = this
    if (state && state.selection.$from.parentOffset > 0)
      this.#change(state.tr.delete(state.selection.from - 1, state.selection.from))
  }
}

function position(doc: PMNode, find: string): number {
  let at = -1
  doc.descendants((n, pos) => {
    if (at < 0 && n.isText && n.text?.includes(find)) at = pos + n.text.indexOf(find)
  })
  if (at < 0) throw new Error(`${find} is not in the document`)
  return at
}

function named(schema: Schema, action: string): Command {
  const node = (name: string) => {
    const type = schema.nodes[name]
    if (!type) throw new Error(`no node ${name}`)
    return type
  }
  const commands: Record<string, Command> = {
    heading: setBlockType(node('heading'), { level: 2 }),
    heading3: setBlockType(node('heading'), { level: 3 }),
    paragraph: setBlockType(node('paragraph')),
    bullets: wrapInList(node('bulletList')),
    numbers: wrapInList(node('orderedList')),
    quote: wrapIn(node('blockquote')),
    lift,
    split: splitBlock,
    splitItem: splitListItem(node('listItem')),
    sink: sinkListItem(node('listItem')),
    liftItem: liftListItem(node('listItem')),
    join: joinBackward,
    undo,
    redo,
  }
  const command = commands[action]
  if (!command) throw new Error(`no action ${action}`)
  return command
}

function structural(schema: Schema): Command[] {
  const names = [
    'heading',
    'paragraph',
    'bullets',
    'numbers',
    'quote',
    'lift',
    'split',
    'splitItem',
    'sink',
    'liftItem',
    'join',
    'undo',
    'redo',
    'undo',
  ]
  return names.map((name) => named(schema, name))
}
