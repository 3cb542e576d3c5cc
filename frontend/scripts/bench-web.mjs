// Measures how soon the resource center shows something of use in Chromium on a processor four times as slow, and what goes
// over the wire for it: from the built application of a running Byline, with nothing cached. Several rounds; the median counts.
// node scripts/bench-web.mjs [--rounds 7] [--slow 4] ; BYLINE_E2E_URL says where it runs. The last line is RESULT and JSON.
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, slow: { type: 'string', default: '4' } },
})
const rounds = Number(values.rounds)
const base = process.env.BYLINE_E2E_URL
if (!base) throw new Error('BYLINE_E2E_URL has to say where Byline runs')
const password = process.env.BYLINE_DEMO_PASSWORD ?? 'kelvora-demo'

/** The pages, and what must be on them to be of use: something that came from the API. */
const pages = {
  library: { path: '/library', useful: 'main [data-resource]' },
  search: { path: '/search?q=battery', useful: 'main mark' },
}

/** Notes, inside the page, when an element first has a size and words, as the next frame paints it. */
function watch(selector) {
  const look = () => {
    const seen = [...document.querySelectorAll(selector)].some(
      (e) => e.textContent.trim() && e.getBoundingClientRect().height > 0,
    )
    if (!seen) return false
    requestAnimationFrame(() => setTimeout(() => (window.usefulAt = performance.now())))
    return true
  }
  const observer = new MutationObserver(() => look() && observer.disconnect())
  observer.observe(document, { childList: true, subtree: true, characterData: true })
}

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]

async function once(browser, storageState, { path, useful }) {
  const context = await browser.newContext({ baseURL: base, storageState, viewport: { width: 390, height: 844 } })
  try {
    const page = await context.newPage()
    const cdp = await context.newCDPSession(page)
    await cdp.send('Network.enable')
    await cdp.send('Network.setCacheDisabled', { cacheDisabled: true })
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: Number(values.slow) })
    let bytes = 0
    let requests = 0
    cdp.on('Network.requestWillBeSent', () => requests++)
    cdp.on('Network.loadingFinished', (e) => {
      bytes += e.encodedDataLength
    })
    await page.addInitScript(`(${watch})(${JSON.stringify(useful)})`)
    await page.goto(path, { waitUntil: 'commit' })
    await page.waitForFunction(() => window.usefulAt, null, { timeout: 60_000 })
    const useful_ms = await page.evaluate(() => window.usefulAt)
    const used = { bytes, requests } // until then; what comes later nobody waited for
    const first_ms = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    )
    await page.waitForLoadState('networkidle')
    return {
      fup_ms: useful_ms,
      fcp_ms: first_ms,
      bytes: used.bytes,
      requests: used.requests,
      bytes_all: bytes,
      requests_all: requests,
    }
  } finally {
    await context.close()
  }
}

for (let tries = 0; !(await fetch(`${base}/readyz`).catch(() => undefined))?.ok; tries++) {
  if (tries > 600) throw new Error(`${base} does not become ready`)
  await new Promise((resolve) => setTimeout(resolve, 200))
}
const browser = await chromium.launch({
  executablePath: process.env.BYLINE_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
  ],
})
try {
  const first = await browser.newContext({ baseURL: base })
  const answer = await first.request.post('/api/v1/session', { data: { email: 'jonas@kelvora.example', password } })
  if (!answer.ok()) throw new Error(`cannot sign in: ${answer.status()} ${await answer.text()}`)
  const opened = await first.newPage() // somebody who works with it: what the browser knows of them, and nothing cached
  await opened.goto('/people', { waitUntil: 'networkidle' })
  const storageState = await first.storageState()
  await first.close()
  const result = {}
  console.log(
    `Chromium ${browser.version()}, processor ${values.slow} times as slow, phone, nothing cached, median of ${rounds}`,
  )
  console.log('page       first paint ms  useful paint ms   bytes until then  requests   bytes in all  requests')
  for (const [name, what] of Object.entries(pages)) {
    await once(browser, storageState, what) // the server has not yet read its files
    const runs = []
    for (let i = 0; i < rounds; i++) runs.push(await once(browser, storageState, what))
    const of = (key) => Math.round(median(runs.map((r) => r[key])))
    result[name] = Object.fromEntries(Object.keys(runs[0]).map((key) => [key, of(key)]))
    const r = result[name]
    const cell = (v, n) => String(v).padStart(n)
    console.log(
      name.padEnd(10) +
        cell(r.fcp_ms, 15) +
        cell(r.fup_ms, 17) +
        cell(r.bytes, 19) +
        cell(r.requests, 10) +
        cell(r.bytes_all, 15) +
        cell(r.requests_all, 10),
    )
  }
  console.log(
    `RESULT ${JSON.stringify({ fup_ms: result.library.fup_ms, bytes: result.library.bytes_all, requests: result.library.requests_all, pages: result })}`,
  )
} finally {
  await browser.close()
}
