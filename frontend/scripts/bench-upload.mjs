// Uploads a large file with the real application in Chromium over a link that drops every 20 seconds, and prints what it cost.
// node scripts/bench-upload.mjs [--mb 2048] [--rate 16] [--every 20]: size in MB, megabytes per second, seconds between drops.
// The program and the storage are the built one (backend/bin/byline), in two processes, so that the memory of the API is its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'

const { values } = parseArgs({
  options: {
    mb: { type: 'string', default: '2048' },
    rate: { type: 'string', default: '16' },
    every: { type: 'string', default: '20' },
  },
})
const size = Number(values.mb) * 1_000_000
const rate = Number(values.rate) * 1_000_000
const every = Number(values.every) * 1000
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const dir = mkdtempSync(join(tmpdir(), 'byline-bench-upload-'))
chmodSync(dir, 0o755) // PostgreSQL runs as another user where this one is root
const program = process.env.BYLINE_BIN ?? fileURLToPath(new URL('../../backend/bin/byline', import.meta.url))
const children = []
let browser

/** What passes the link is counted; all connections over it share one speed towards the storage, and end together. */
class Link {
  sockets = new Set()
  sent = 0
  drops = 0
  allowance = 0

  constructor(to) {
    this.to = to
    this.server = net.createServer((from) => this.connect(from))
  }

  async listen() {
    this.server.listen(0, '127.0.0.1')
    await once(this.server, 'listening')
    this.port = this.server.address().port
  }

  connect(from) {
    const up = net.connect(this.to, '127.0.0.1')
    const end = () => {
      from.destroy()
      up.destroy()
      this.sockets.delete(end)
    }
    this.sockets.add(end)
    from.on('data', (chunk) => {
      this.sent += chunk.length
      up.write(chunk)
      shared.allowance -= chunk.length
      if (shared.allowance < 0) {
        from.pause()
        shared.waiting.add(from)
      }
    })
    up.on('data', (chunk) => from.write(chunk))
    for (const socket of [from, up]) socket.on('error', end).on('close', end)
  }

  drop() {
    if (this.sockets.size > 0) this.drops++
    for (const end of [...this.sockets]) end()
  }
}

// one link for both, as a household has: a tenth of a second of bytes at a time
const shared = { allowance: 0, waiting: new Set() }
setInterval(() => {
  shared.allowance = Math.min(shared.allowance + rate / 20, rate / 20)
  if (shared.allowance <= 0) return
  for (const socket of shared.waiting) socket.resume()
  shared.waiting.clear()
}, 50).unref()

/** Ports that are free, all different: each is held until the last is found. */
async function freePorts(count) {
  const servers = Array.from({ length: count }, () => net.createServer())
  for (const server of servers) {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  }
  const ports = servers.map((server) => server.address().port)
  for (const server of servers) {
    server.close()
    await once(server, 'close')
  }
  return ports
}

async function start(name, port, env, ...args) {
  const child = spawn(program, ['serve', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      BYLINE_EMBEDDED_DIR: fileURLToPath(new URL('../../deploy/embedded', import.meta.url)),
      BYLINE_MEILI_URLS: 'off',
      BYLINE_METRICS_ADDR: 'off',
      BYLINE_LOG_LEVEL: 'error',
      BYLINE_DATA: join(dir, name),
      BYLINE_ADDR: `127.0.0.1:${port}`,
      ...env,
    },
  })
  children.push(child)
  for (let tries = 0; tries < 900; tries++) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    if (answer?.ok && existsSync(join(dir, name, 'secrets.json'))) return child
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`)
    await wait(200)
  }
  throw new Error(`${name} did not become ready`)
}

const memoryOf = ({ pid }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

async function makeFile(path) {
  const out = createWriteStream(path)
  const block = Buffer.allocUnsafe(1_000_000)
  let seed = 1
  for (let left = size; left > 0; left -= block.length) {
    for (let i = 0; i < block.length; i += 4) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      block.writeUInt32LE(seed, i)
    }
    if (!out.write(Buffer.from(block.subarray(0, Math.min(block.length, left))))) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
}

async function main() {
  const file = join(dir, 'film.bin')
  await makeFile(file)
  const [apiPort, storePort, s3Port] = await freePorts(3)
  const api = new Link(apiPort)
  const s3 = new Link(s3Port)
  await Promise.all([api.listen(), s3.listen()])
  const url = `http://localhost:${api.port}`
  await start('storage', storePort, { BYLINE_PUBLIC_URL: url, BYLINE_S3_ADDR: `127.0.0.1:${s3Port}` })
  const secrets = JSON.parse(readFileSync(join(dir, 'storage', 'secrets.json'), 'utf8'))
  const server = await start(
    'api',
    apiPort,
    {
      BYLINE_PUBLIC_URL: url,
      BYLINE_S3_ENDPOINT: `http://127.0.0.1:${s3Port}`,
      BYLINE_S3_PUBLIC_ENDPOINT: `http://127.0.0.1:${s3.port}`,
      BYLINE_S3_ACCESS_KEY: secrets.s3_access_key,
      BYLINE_S3_SECRET_KEY: secrets.s3_secret_key,
    },
    '--demo',
  )
  browser = await chromium.launch({
    executablePath: process.env.BYLINE_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const page = await (await browser.newContext({ baseURL: url })).newPage()
  const signedIn = await page.request.post('/api/v1/session', {
    data: { email: 'nora@kelvora.example', password: 'kelvora-demo' },
  })
  if (!signedIn.ok()) throw new Error(await signedIn.text())
  await page.goto('/transfers')
  await page.locator('input[type=file]').waitFor({ state: 'attached' })
  await wait(3000) // the demo settles
  const before = memoryOf(server)
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, memoryOf(server))
  }, 100)
  const already = s3.sent
  const began = Date.now()
  const first = page.waitForRequest((r) => r.method() === 'PUT' && r.url().includes(`:${s3.port}/`), {
    timeout: 600_000,
  })
  await page.locator('input[type=file]').setInputFiles(file)
  await first
  const sending = Date.now()
  const dropping = setInterval(() => {
    s3.drop()
    api.drop()
  }, every)
  let asset
  let arrived = 0
  for (;;) {
    await wait(500)
    // over the wire of this machine, not over the link
    const rows = await fetch(`http://127.0.0.1:${apiPort}/healthz`).then(() => state(page, apiPort))
    asset = rows
    if (asset && asset.state !== 'uploading' && !arrived) {
      arrived = Date.now()
      clearInterval(dropping)
    }
    if (asset && !['uploading', 'processing'].includes(asset.state)) break
    if (Date.now() - began > 45 * 60_000) break
    if (await page.getByText(/did not take|connection/i).count()) {
      const retry = page.getByRole('button', { name: 'Try again' })
      if (await retry.count()) throw new Error('the upload gave up')
    }
  }
  clearInterval(watch)
  const bytes = s3.sent - already
  const completed = asset?.state === 'ready' || asset?.state === 'limited'
  const result = {
    completed,
    bytes_ratio: Number((bytes / size).toFixed(4)),
    api_mb_before: Math.round(before),
    api_mb_max: Math.round(most),
    drops: s3.drops,
    seconds: Math.round((arrived - sending) / 1000),
    hash_seconds: Math.round((sending - began) / 1000),
  }
  const rows = [
    ['file', `${(size / 1e6).toFixed(0)} MB`],
    ['link', `${values.rate} MB/s, dropped every ${values.every} s`],
    ['completed, checksum checked', completed ? 'yes' : `no (${asset?.state} ${asset?.explanation ?? ''})`],
    ['sent over the link', `${(bytes / 1e6).toFixed(0)} MB, ${result.bytes_ratio} × the file (bound 1.1)`],
    ['drops while sending', String(result.drops)],
    ['time to check in the browser / to send', `${result.hash_seconds} s / ${result.seconds} s`],
    ['memory of the API before / at most', `${result.api_mb_before} / ${result.api_mb_max} MB`],
  ]
  for (const [name, value] of rows) console.log(`${name.padEnd(42)} ${value}`)
  console.log(`RESULT ${JSON.stringify(result)}`)
  return completed && result.bytes_ratio <= 1.1
}

/** The file as the API sees it, past the link. */
async function state(page, apiPort) {
  const id = await page.evaluate(() => {
    const key = Object.keys(localStorage).find((k) => k.startsWith('byline-uploads:'))
    return key ? JSON.parse(localStorage.getItem(key) ?? '[]')[0]?.assetId : undefined
  })
  state.id = id ?? state.id
  if (!state.id) return undefined
  const cookies = await page.context().cookies()
  const answer = await fetch(`http://127.0.0.1:${apiPort}/api/v1/assets/${state.id}`, {
    headers: { cookie: cookies.map((c) => `${c.name}=${c.value}`).join('; ') },
  })
  return answer.ok ? await answer.json() : undefined
}

let ok = false
try {
  ok = await main()
} finally {
  await browser?.close()
  for (const child of children.reverse()) {
    if (child.exitCode !== null) continue
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
  rmSync(dir, { recursive: true, force: true })
}
process.exit(ok ? 0 : 1)
