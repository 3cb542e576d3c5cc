// Takes pictures of pages of a running Byline, to be looked at: 1280x800 and 390x844, light and dark.
// node scripts/shots.mjs [--as sales|marketing|EMAIL] [--out folder] [--full] [--light] [--desktop] [--press KEYS] /path …
// BYLINE_E2E_URL says where it runs (default http://localhost:5173), BYLINE_DEMO_PASSWORD the password.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    as: { type: 'string', default: 'marketing' },
    out: { type: 'string', default: 'test-results/shots' },
    full: { type: 'boolean', default: false },
    light: { type: 'boolean', default: false },
    desktop: { type: 'boolean', default: false },
    press: { type: 'string' },
    anonymous: { type: 'boolean', default: false },
  },
})
const base = process.env.BYLINE_E2E_URL ?? 'http://localhost:5173'
const people = { sales: 'jonas@kelvora.example', marketing: 'tom@kelvora.example' }
const email = people[values.as] ?? (values.as.includes('@') ? values.as : `${values.as}@kelvora.example`)
const password = process.env.BYLINE_DEMO_PASSWORD ?? 'kelvora-demo'
const sizes = values.desktop
  ? [[1280, 800]]
  : [
      [1280, 800],
      [390, 844],
    ]
const schemes = values.light ? ['light'] : ['light', 'dark']

mkdirSync(values.out, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.BYLINE_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  const first = await browser.newContext({ baseURL: base })
  if (!values.anonymous) {
    const answer = await first.request.post('/api/v1/session', { data: { email, password } })
    if (!answer.ok()) throw new Error(`${email} cannot sign in: ${answer.status()} ${await answer.text()}`)
  }
  const storageState = await first.storageState()
  for (const [width, height] of sizes) {
    for (const colorScheme of schemes) {
      const context = await browser.newContext({
        baseURL: base,
        storageState,
        viewport: { width, height },
        colorScheme,
        reducedMotion: 'reduce',
      })
      const page = await context.newPage()
      page.on('console', (m) => m.type() === 'error' && console.log(`console: ${m.text()}`))
      page.on('pageerror', (e) => console.log(`page error: ${e.message}`))
      for (const path of positionals.length > 0 ? positionals : ['/']) {
        await page.goto(path)
        await page.waitForLoadState('networkidle')
        if (values.press) for (const key of values.press.split(' ')) await page.keyboard.press(key)
        if (values.press) await page.waitForTimeout(600)
        const name = `${path.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'home'}-${width}-${colorScheme}.png`
        await page.screenshot({ path: join(values.out, name), fullPage: values.full })
        const sideways = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        console.log(`${join(values.out, name)}${sideways > 0 ? `  SCROLLS SIDEWAYS by ${sideways} px` : ''}`)
      }
      await context.close()
    }
  }
} finally {
  await browser.close()
}
