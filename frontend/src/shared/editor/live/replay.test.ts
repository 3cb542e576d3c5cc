import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getSchema } from '@tiptap/core'
import { Node } from '@tiptap/pm/model'
import { Step } from '@tiptap/pm/transform'
import { expect, test } from 'vitest'
import { documentExtensions } from '../extensions'

interface Recording {
  start: object
  commits: object[][]
  end: object
}

const folder = join(process.cwd(), '../backend/internal/coedit/testdata')

// The server replays the same files in its engine, and in an independent implementation.
test.each(readdirSync(folder).filter((name) => name.startsWith('recorded-')))(
  '%s leads to the same text here',
  (name) => {
    const { start, commits, end } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recording
    const schema = getSchema(documentExtensions())
    let doc = Node.fromJSON(schema, start)
    for (const json of commits.flat()) {
      const result = Step.fromJSON(schema, json).apply(doc)
      expect(result.failed).toBeNull()
      doc = result.doc as Node
    }
    doc.check()
    expect(doc.eq(Node.fromJSON(schema, end))).toBe(true)
  },
)
