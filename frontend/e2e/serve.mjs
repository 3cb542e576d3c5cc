// Starts the real program with a demo workspace in a folder of its own, which goes when the tests end.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = process.env.BYLINE_BIN ?? fileURLToPath(new URL('../../backend/bin/byline', import.meta.url))
if (!existsSync(program)) {
  process.stderr.write(`${program} is missing: run \`make build\` first, or name one in BYLINE_BIN\n`)
  process.exit(1)
}
const port = process.env.BYLINE_E2E_PORT ?? '4300'
const data = mkdtempSync(join(tmpdir(), 'byline-e2e-'))
const child = spawn(program, ['serve', '--demo', '--with-parent'], {
  stdio: ['ignore', 'inherit', 'inherit'],
  env: {
    BYLINE_EMBEDDED_DIR: fileURLToPath(new URL('../../deploy/embedded', import.meta.url)),
    // a journey presses faster than a person
    BYLINE_USER_RATE: '1000',
    BYLINE_ADDRESS_RATE: '2000',
    BYLINE_METRICS_ADDR: 'off',
    ...process.env,
    BYLINE_DATA: data,
    BYLINE_ADDR: `127.0.0.1:${port}`,
    BYLINE_PUBLIC_URL: `http://localhost:${port}`,
  },
})
child.on('exit', (code) => {
  rmSync(data, { recursive: true, force: true })
  process.exit(code ?? 1)
})
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal))
