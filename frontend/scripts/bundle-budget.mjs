// Fails when the code that a page loads is larger than its budget (gzip). Reads Vite's manifest: run `npm run build` first.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const KiB = 1024
const budget = { entry: 220, route: 260, editor: 400, chart: 340, css: 50 }
// pages with the editor (and their parts, which load on top of it) or with charts; everything else is a list route
const kindOf = (name) => {
  if (
    /features\/drafts\/(DraftPage|draft\/|document\/|versions\/|suggest\/Sugg|threads\/|richtext\/)|Editor/.test(name)
  )
    return 'editor'
  if (/features\/insights\//.test(name)) return 'chart'
  return 'route'
}

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
if (!existsSync(`${dist}.vite/manifest.json`)) {
  console.error('frontend/dist is missing: run `npm run build` first')
  process.exit(1)
}
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, 'utf8'))
const sizes = new Map()
const gzip = (file) => {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(dist + file), { level: 9 }).length)
  return sizes.get(file)
}

function collect(key, files) {
  const chunk = manifest[key]
  if (!chunk || files.has(chunk.file)) return files
  files.add(chunk.file)
  for (const css of chunk.css ?? []) files.add(css)
  for (const next of chunk.imports ?? []) collect(next, files)
  return files
}

const sum = (files, suffix) => [...files].filter((f) => f.endsWith(suffix)).reduce((n, f) => n + gzip(f), 0) / KiB

let failed = false
function check(name, kind, files) {
  const js = sum(files, '.js')
  const css = sum(files, '.css')
  const over = js > budget[kind] || css > budget.css
  failed ||= over
  console.log(
    `${over ? 'OVER ' : 'ok   '} ${name.padEnd(52)} js ${js.toFixed(1).padStart(6)} / ${budget[kind]} KiB   css ${css.toFixed(1).padStart(5)} / ${budget.css} KiB`,
  )
}

const entry = collect('index.html', new Set())
check('entry', 'entry', entry)
for (const key of Object.keys(manifest)
  .filter((k) => manifest[k].isDynamicEntry)
  .sort()) {
  check(key.replace('src/features/', ''), kindOf(key), collect(key, new Set(entry)))
}
let all = 0
for (const file of readdirSync(`${dist}assets`)) if (file.endsWith('.js')) all += gzip(`assets/${file}`)
console.log(`all JavaScript together ${(all / KiB).toFixed(1)} KiB`)
process.exit(failed ? 1 : 0)
