/** A document as its ProseMirror JSON has it. */
export interface DocJson {
  type: string
  attrs?: Record<string, unknown>
  content?: DocJson[]
  text?: string
  marks?: { type: string; attrs?: Record<string, unknown> }[]
}
