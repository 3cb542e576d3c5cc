// Bundles the script of the page that recipients of shares see. The program has it inside, because it draws that page itself.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const build = await rolldown({
  input: `${root}src/share/main.ts`,
  cwd: root,
  platform: 'browser',
  transform: { target: 'es2022' },
  logLevel: 'warn',
})
const { output } = await build.generate({ format: 'iife', codeSplitting: false, comments: false, minify: true })
await build.close()
const file = fileURLToPath(new URL('../../backend/internal/httpapi/sharepage/share.js', import.meta.url))
writeFileSync(file, output[0].code)
process.stdout.write(`${file} ${output[0].code.length} bytes\n`)
