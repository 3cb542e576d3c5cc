// Writes the editor's ProseMirror schema for the server's validator: nodes, marks, content expressions, attributes.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const dir = mkdtempSync(join(root, 'node_modules', '.schema-'))
try {
  const entry = join(dir, 'entry.ts')
  writeFileSync(
    entry,
    `export { documentExtensions } from '${join(root, 'src/shared/editor/extensions.ts')}'\nexport { getSchema } from '@tiptap/core'\n`,
  )
  const bundle = join(dir, 'bundle.mjs')
  execFileSync(
    join(root, 'node_modules/.bin/rolldown'),
    [entry, '--format', 'esm', '--platform', 'node', '--file', bundle],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const { documentExtensions, getSchema } = await import(pathToFileURL(bundle))
  const { nodes, marks } = getSchema(documentExtensions())
  const describe = (type, extra) => [
    type.name,
    {
      ...extra,
      attrs: Object.keys(type.spec.attrs ?? {}).sort(),
    },
  ]
  const schema = {
    nodes: Object.fromEntries(
      Object.values(nodes).map((n) =>
        describe(n, {
          content: n.spec.content ?? '',
          marks: n.spec.marks ?? null,
          group: n.spec.group ?? '',
          inline: Boolean(n.isInline),
        }),
      ),
    ),
    marks: Object.fromEntries(Object.values(marks).map((m) => describe(m, { excludes: m.spec.excludes ?? null }))),
  }
  const text = JSON.stringify(schema, null, 2)
  const out = join(root, '../backend/internal/coedit/schema.json')
  writeFileSync(out, `${text}\n`)
  process.stdout.write(`${out}\n`)
} finally {
  rmSync(dir, { recursive: true, force: true })
}
