import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { rolldown } from 'rolldown'
import type { Plugin } from 'vite'

interface Chunk {
  file: string
  css?: string[]
  imports?: string[]
}
type Manifest = Record<string, Chunk>

/** The pages and their modules, read from the routes of the features: `path: '…'` and `import('./…Page')`. */
export function pagesOf(root: string): Map<string, string> {
  const pages = new Map<string, string>()
  const features = join(root, 'src/features')
  for (const feature of readdirSync(features)) {
    const file = join(features, feature, 'routes.tsx')
    if (!statSync(file, { throwIfNoEntry: false })) continue
    for (const route of readFileSync(file, 'utf8').split('createRoute({').slice(1)) {
      const path = /\bpath: '([^']+)'/.exec(route)?.[1]
      const module = /\bimport\('\.\/([^']+)'\)/.exec(route)?.[1]
      if (!path || !module) throw new Error(`${relative(root, file)}: a route without a path or a page`)
      pages.set(path, `src/features/${feature}/${module}.tsx`)
    }
  }
  return pages
}

/** The files that a module needs, itself among them. */
export function filesOf(
  manifest: Manifest,
  key: string,
  seen = new Set<string>(),
  files = new Set<string>(),
): Set<string> {
  const chunk = manifest[key]
  if (!chunk || seen.has(key)) return files
  seen.add(key)
  for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(`/${file}`)
  for (const next of chunk.imports ?? []) filesOf(manifest, next, seen, files)
  return files
}

async function startScript(root: string, files: Map<string, string[]>): Promise<string> {
  const all = [...new Set([...files.values()].flat())] // most files belong to many pages
  const pages = Object.fromEntries([...files].map(([path, mine]) => [path, mine.map((f) => all.indexOf(f))]))
  const build = await rolldown({
    input: join(root, 'src/start/main.ts'),
    cwd: root,
    platform: 'browser',
    resolve: { alias: { '@': join(root, 'src') } },
    transform: { target: 'es2022', define: { FILES: JSON.stringify(all), FILES_OF_PAGES: JSON.stringify(pages) } },
    logLevel: 'warn',
  })
  const { output } = await build.generate({ format: 'esm', codeSplitting: false, comments: false, minify: true })
  await build.close()
  return output[0].code
}

const packed = /\.(js|css|svg|webmanifest)$/

/** Packs a file as small as it gets, for servers that hand it out as it is. */
async function pack(file: string): Promise<void> {
  const bytes = readFileSync(file)
  if (bytes.length < 1024) return
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    promisify(gzip)(bytes, { level: 9 }),
  ])
  writeFileSync(`${file}.br`, br)
  writeFileSync(`${file}.gz`, gz)
}

/** What is done with the built files: the script that runs first, and packed copies of all. */
export function start(): Plugin {
  let root = ''
  let out = ''
  return {
    name: 'byline:start',
    apply: 'build',
    configResolved(config) {
      root = config.root
      out = resolve(root, config.build.outDir)
    },
    async closeBundle() {
      const manifest: Manifest = JSON.parse(readFileSync(join(out, '.vite/manifest.json'), 'utf8'))
      const entry = filesOf(manifest, 'index.html')
      const files = new Map<string, string[]>()
      for (const [path, module] of pagesOf(root)) {
        if (!manifest[module]) throw new Error(`the page of ${path} is not in the manifest: ${module}`)
        files.set(
          path,
          [...filesOf(manifest, module)].filter((f) => !entry.has(f)),
        )
      }
      const code = await startScript(root, files)
      const name = `assets/start-${createHash('sha256').update(code).digest('base64url').slice(0, 8)}.js`
      writeFileSync(join(out, name), code)
      const index = join(out, 'index.html')
      const html = readFileSync(index, 'utf8')
      const first = '<script type="module"'
      if (!html.includes(first)) throw new Error('index.html has no script')
      writeFileSync(
        index,
        html.replace(first, `<script type="module" crossorigin src="/${name}"></script>\n    ${first}`),
      )
      await Promise.all(
        readdirSync(out, { recursive: true, encoding: 'utf8' })
          .filter((f) => packed.test(f))
          .map((f) => pack(join(out, f))),
      )
    },
  }
}
