import { onlySuggests, resolve } from '../suggest/rules'
import {
  Mapping,
  type MarkSpec,
  type NodeSpec,
  Node as PMNode,
  ReplaceStep,
  Schema,
  Slice,
  Step,
  Transform,
} from './prosemirror'

/** A ProseMirror schema as JSON: node and mark types in their order. */
export interface SchemaSpec {
  topNode: string
  nodes: [string, NodeSpec][]
  marks: [string, MarkSpec][]
}

const onlySuggestions = 'You write suggestions in this draft: this would change the text itself.'

/** What came of steps: as they were taken, and the index of each in the batch that was sent; or why they were refused. */
export type Outcome = { s: object[]; i: number[] } | { e: string }

/**
 * The part of the authority that is ProseMirror. The server runs it in goja (scripts/build-engine.mjs bundles it), unit
 * tests run it as it is. Documents have keys; what apply, rebase and replace lead to is a candidate until commit.
 */
export class Engine {
  readonly #schema: Schema
  readonly #docs = new Map<string, PMNode>()
  readonly #candidates = new Map<string, PMNode>()

  constructor(spec: SchemaSpec) {
    this.#schema = new Schema({
      topNode: spec.topNode,
      nodes: Object.fromEntries(spec.nodes),
      marks: Object.fromEntries(spec.marks),
    })
  }

  open(key: string, doc: object): void {
    const node = PMNode.fromJSON(this.#schema, doc)
    node.check()
    this.#docs.set(key, node)
    this.#candidates.delete(key)
  }

  close(key: string): void {
    this.#docs.delete(key)
    this.#candidates.delete(key)
  }

  /** Steps that follow the document as it is. A suggester's may change nothing but their suggestions: others are left out. */
  apply(key: string, steps: object[], check: boolean, suggester = ''): Outcome {
    if (suggester) return this.rebase(key, [], steps, suggester)
    let doc = this.#doc(key)
    const taken: object[] = []
    for (const [i, json] of steps.entries()) {
      const step = Step.fromJSON(this.#schema, json)
      const result = step.apply(doc)
      if (!result.doc) return { e: `step ${i}: ${result.failed}` }
      doc = result.doc
      taken.push(step.toJSON())
    }
    if (check) doc.check()
    this.#candidates.set(key, doc)
    return { s: taken, i: taken.map((_, i) => i) }
  }

  /**
   * Steps that were made before others were committed: mapped over those, as prosemirror-collab's rebaseSteps does it for
   * a client. A step that has no place any more is left out; so is a suggester's that would, moved, change more than their
   * suggestions (they took back a text of theirs into which somebody has written).
   */
  rebase(key: string, missed: object[], steps: object[], suggester = ''): Outcome {
    let doc = this.#doc(key)
    const own = steps.map((s) => Step.fromJSON(this.#schema, s))
    const undone = own.map((s) => s.getMap().invert()).reverse()
    const mapping = new Mapping([...undone, ...missed.map((s) => Step.fromJSON(this.#schema, s).getMap())])
    const taken: object[] = []
    const kept: number[] = []
    let from = own.length
    for (const [i, step] of own.entries()) {
      const mapped = step.map(mapping.slice(from))
      from--
      if (!mapped) continue
      const result = attempt(mapped, doc)
      if (!result || (suggester && !onlySuggests(doc, result, suggester))) continue
      doc = result
      mapping.appendMap(mapped.getMap(), from)
      taken.push(mapped.toJSON())
      kept.push(i)
    }
    if (taken.length > 0) doc.check()
    this.#candidates.set(key, doc)
    return { s: taken, i: kept }
  }

  /** The one step that makes the document into another: the smallest range that differs, replaced. */
  replace(key: string, target: object, suggester = ''): Outcome {
    const before = this.#doc(key)
    const after = PMNode.fromJSON(this.#schema, target)
    after.check()
    if (suggester && !onlySuggests(before, after, suggester)) return { e: onlySuggestions }
    const step = difference(before, after)
    const doc = step ? step.apply(before).doc : before
    if (!doc?.eq(after)) return { e: 'no step leads there' }
    this.#candidates.set(key, doc)
    return { s: step ? [step.toJSON()] : [], i: step ? [0] : [] }
  }

  /** Accepts or rejects all suggestions. */
  resolve(key: string, action: 'accept' | 'reject'): Outcome {
    const tr = new Transform(this.#doc(key))
    resolve(tr, action, () => true)
    this.#candidates.set(key, tr.doc)
    return { s: tr.steps.map((s) => s.toJSON()), i: tr.steps.map((_, i) => i) }
  }

  commit(key: string): void {
    const doc = this.#candidates.get(key)
    if (!doc) throw new Error(`nothing to commit for ${key}`)
    this.#docs.set(key, doc)
    this.#candidates.delete(key)
  }

  json(key: string): object {
    return this.#doc(key).toJSON()
  }

  candidate(key: string): object {
    return (this.#candidates.get(key) ?? this.#doc(key)).toJSON()
  }

  /** Where ranges of the document go; null for one whose text is gone. */
  map(steps: object[], ranges: [number, number][]): ([number, number] | null)[] {
    const mapping = new Mapping(steps.map((s) => Step.fromJSON(this.#schema, s).getMap()))
    return ranges.map(([from, to]) => {
      const a = mapping.map(from, 1)
      const b = mapping.map(to, -1)
      return a < b ? [a, b] : null
    })
  }

  #doc(key: string): PMNode {
    const doc = this.#docs.get(key)
    if (!doc) throw new Error(`no document ${key}`)
    return doc
  }
}

function attempt(step: Step, doc: PMNode): PMNode | null {
  try {
    return step.apply(doc).doc
  } catch {
    return null // a position outside the document
  }
}

function difference(before: PMNode, after: PMNode): Step | null {
  const start = before.content.findDiffStart(after.content)
  if (start === null) return null
  const end = before.content.findDiffEnd(after.content)
  if (end) {
    const overlap = Math.max(0, start - Math.min(end.a, end.b)) // of a repeated text: the ranges may not cross
    const step = new ReplaceStep(start, end.a + overlap, after.slice(start, end.b + overlap))
    if (attempt(step, before)?.eq(after)) return step
  }
  return new ReplaceStep(0, before.content.size, new Slice(after.content, 0, 0))
}
