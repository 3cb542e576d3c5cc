// Bundles what the server runs of the editor: ProseMirror's model and transform in the versions that the application has,
// with its schema. Writes the server's engine, a client for its tests, and the hash by which both sides know each other.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const live = join(root, 'src/shared/editor/live')
const coedit = join(root, '../backend/internal/coedit')
const dir = mkdtempSync(join(root, 'node_modules', '.engine-'))

async function bundle(name, source, format) {
  const entry = join(dir, `${name}.ts`)
  writeFileSync(entry, source)
  const build = await rolldown({
    input: entry,
    cwd: root,
    platform: format === 'esm' ? 'node' : 'neutral',
    resolve: { mainFields: ['module', 'main'], conditionNames: ['import', 'default'] },
    transform: { target: 'es2022' },
    logLevel: 'warn',
  })
  const { output } = await build.generate({ format, codeSplitting: false, comments: false })
  await build.close()
  return output[0].code
}

/** goja's split() yields empty tokens with a look-ahead, which ProseMirror's parser of content expressions uses. */
function withoutSplit(code) {
  const bad = 'string.split(/\\s*(?=\\b|\\W|$)/)'
  if (code.split(bad).length !== 2)
    throw new Error('the tokenizer of content expressions has changed: look at it again')
  return code.replace(bad, 'string.match(/\\w+|[^\\w\\s]/g) || []')
}

/**
 * goja's WeakMap keeps a value as long as the map, and with it a key to which the value leads. ProseMirror's cache of resolved
 * positions does: every version of every document would stay in memory. So the cache hangs on the document itself.
 */
function withoutWeakMap(code) {
  const bad = 'const resolveCache = new WeakMap();'
  if (code.split('WeakMap').length !== 2 || !code.includes(bad))
    throw new Error('the cache of resolved positions has changed: look at it again')
  return code.replace(
    bad,
    'const resolveCache = { get: (doc) => doc.resolved, set: (doc, cache) => { doc.resolved = cache } };',
  )
}

const forGoja = (code) => withoutRegions(withoutWeakMap(withoutSplit(code)))

/** Paths of this machine do not belong in what is committed. */
const withoutRegions = (code) => code.replace(/^\s*\/\/ (node_modules|src)\/.*\n/gm, '')

try {
  const file = join(dir, 'schema.mjs')
  writeFileSync(
    file,
    await bundle(
      'schema',
      `export { documentExtensions } from '${join(root, 'src/shared/editor/extensions.ts')}'\nexport { getSchema } from '@tiptap/core'\n`,
      'esm',
    ),
  )
  const { documentExtensions, getSchema } = await import(pathToFileURL(file))
  const schema = getSchema(documentExtensions())
  const keep = [
    'content',
    'marks',
    'group',
    'inline',
    'atom',
    'isolating',
    'defining',
    'code',
    'whitespace',
    'excludes',
    'inclusive',
  ]
  const describe = ([name, spec]) => {
    const known = Object.fromEntries(keep.filter((k) => spec[k] !== undefined).map((k) => [k, spec[k]]))
    const attrs = Object.entries(spec.attrs ?? {}).map(([attr, { default: value }]) => [
      attr,
      value === undefined ? {} : { default: value },
    ])
    return [name, { ...known, attrs: Object.fromEntries(attrs) }]
  }
  const list = (map) => {
    const all = []
    map.forEach((name, spec) => {
      all.push(describe([name, spec]))
    })
    return all
  }
  const spec = JSON.stringify({
    topNode: schema.topNodeType.name,
    nodes: list(schema.spec.nodes),
    marks: list(schema.spec.marks),
  })

  const engine = forGoja(
    await bundle(
      'engine',
      `import { Engine } from '${join(live, 'engine.ts')}'
const text = (f) => (...args) => { const out = f(...args); return out === undefined ? '' : JSON.stringify(out) }
const spec = ${spec}
const engine = new Engine(spec)
const outcome = (f) => text((...args) => { try { return f(...args) } catch (error) { return { e: String(error.message) } } })
globalThis.engine = {
  open: text((key, doc) => engine.open(key, JSON.parse(doc))),
  close: text((key) => engine.close(key)),
  apply: outcome((key, steps, suggester) => engine.apply(key, JSON.parse(steps), true, suggester)),
  replay: outcome((key, steps) => engine.apply(key, JSON.parse(steps), false)),
  rebase: outcome((key, missed, steps, suggester) => engine.rebase(key, JSON.parse(missed), JSON.parse(steps), suggester)),
  replace: outcome((key, doc, suggester) => engine.replace(key, JSON.parse(doc), suggester)),
  resolve: outcome((key, action) => engine.resolve(key, action)),
  commit: text((key) => engine.commit(key)),
  json: text((key) => engine.json(key)),
  candidate: text((key) => engine.candidate(key)),
  spec: text(() => spec),
  map: text((steps, ranges) => engine.map(JSON.parse(steps), JSON.parse(ranges))),
}
`,
      'iife',
    ),
  )
  mkdirSync(join(coedit, 'engine'), { recursive: true })
  writeFileSync(join(coedit, 'engine/engine.js'), engine)

  const hash = createHash('sha256')
    .update(readFileSync(join(coedit, 'schema.json')))
    .update(engine)
    .digest('hex')
    .slice(0, 16)
  writeFileSync(
    join(root, 'src/shared/editor/schemaHash.ts'),
    `/** Written by \`npm run gen\`: the editor's schema and ProseMirror. A page that has others than the server must reload. */\nexport const schemaHash = '${hash}'\n`,
  )

  const client = forGoja(
    await bundle(
      'client',
      `import { testClient } from '${join(live, 'testClient.ts')}'\nglobalThis.client = testClient(${spec})\n`,
      'iife',
    ),
  )
  const livetest = join(coedit, '../livetest')
  writeFileSync(join(livetest, 'client.js'), client)

  process.stdout.write(`${join(coedit, 'engine/engine.js')} ${engine.length} bytes, schema ${hash}\n`)
} finally {
  rmSync(dir, { recursive: true, force: true })
}
