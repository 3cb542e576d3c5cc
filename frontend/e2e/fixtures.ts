import AxeBuilder from '@axe-core/playwright'
import { type BrowserContext, test as base, expect, type Page, type Request } from '@playwright/test'
import { Server } from './server'

/** People of the demo workspace. */
export const people = {
  rep: 'jonas',
  rep2: 'aoife',
  salesLead: 'marta',
  marketer: 'tom',
  marketer2: 'nora',
  marketingLead: 'helena',
  admin: 'viktor',
} as const

export type Who = keyof typeof people

export const password = 'kelvora-demo'
export const emailOf = (who: Who) => `${people[who]}@kelvora.example`

/** Signs a browser in without its sign-in page; the page object, when given, only names the browser. */
export async function signIn(browser: Page | BrowserContext, who: Who): Promise<void> {
  const answer = await browser.request.post('/api/v1/session', { data: { email: emailOf(who), password } })
  expect(answer.status(), await answer.text()).toBe(200)
}

const onTheirWay = new WeakMap<Page, Set<Request>>()

/** Follows what a page asks for, so that `settled` knows; streams stay open and do not count. */
function follow(page: Page): void {
  const open = new Set<Request>()
  onTheirWay.set(page, open)
  page.on('request', (request) => {
    if (!['eventsource', 'websocket', 'media'].includes(request.resourceType())) open.add(request)
  })
  page.on('requestfinished', (request) => open.delete(request))
  page.on('requestfailed', (request) => open.delete(request))
}

/** Everything was asked for and answered: for a tenth of a second nothing is on its way, and no skeleton is left. */
export async function settled(page: Page): Promise<void> {
  let since = Date.now()
  await expect
    .poll(
      async () => {
        const open = onTheirWay.get(page)
        if (!open) throw new Error('settled() wants a page of open()')
        const isBusy = open.size > 0 || (await page.getByRole('status', { name: 'Loading' }).count()) > 0
        if (isBusy) since = Date.now()
        return Date.now() - since
      },
      { intervals: [30], timeout: 20_000 },
    )
    .toBeGreaterThan(100)
}

/** No violation of WCAG 2.2 A and AA, and nothing to scroll sideways. */
export async function expectAccessible(page: Page, without: string[] = []): Promise<void> {
  let axe = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .setLegacyMode() // no page has frames, and no second page has to be opened
  for (const selector of without) axe = axe.exclude(selector)
  const { violations } = await axe.analyze()
  const words = violations.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.map((n) => n.html.slice(0, 200)).join('\n  ')}`)
  expect(words.join('\n')).toBe('')
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(sideways, 'the page scrolls sideways').toBe(0)
}

/** The same in light and dark, of one visit, once everything is there. */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await test.step(`${new URL(page.url()).pathname}, ${colorScheme}`, async () => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
      await settled(page)
      // colours of the theme before may still be on their way; to wait for them would be to wait for ever
      // where a browser rests what is off the screen (content-visibility)
      await page.evaluate(async () => {
        const finite = document.getAnimations().filter((a) => a.effect?.getComputedTiming().iterations !== Infinity)
        for (const animation of finite) animation.finish()
        await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
      })
      await expectAccessible(page)
    })
  }
}

type State = Awaited<ReturnType<BrowserContext['storageState']>>

interface Kept {
  /** The program of this worker, with a demo workspace that no other worker touches. */
  server: string
  /** Whoever has signed in once stays signed in for the tests that follow: a password takes its time on purpose. */
  sessions: Map<Who, State>
}

interface Looks {
  phone?: boolean
  dark?: boolean
  timezoneId?: string
  locale?: string
}

interface Fixtures {
  /** A browser of one's own for each person: `const jonas = await open('rep')`; of a stranger without one. */
  open: (who: Who | undefined, options?: Looks) => Promise<Page>
}

/** Fails a test when its pages wrote errors to the console, beside refused requests that the test provokes. */
export const test = base.extend<Fixtures, Kept>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
    async ({}, use, { parallelIndex }) => {
      if (process.env.BYLINE_E2E_URL) return use(process.env.BYLINE_E2E_URL)
      const server = new Server(Number(process.env.BYLINE_E2E_PORT ?? 4300) + 500 * parallelIndex)
      await server.start()
      await use(server.url)
      await server.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  baseURL: ({ server }, use) => use(server),
  sessions: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
    async ({}, use) => use(new Map()),
    { scope: 'worker' },
  ],
  open: async ({ browser, baseURL, sessions }, use) => {
    const contexts: BrowserContext[] = []
    const errors: string[] = []
    await use(async (who, { phone = false, dark = false, ...place } = {}) => {
      const context = await browser.newContext({
        baseURL,
        storageState: who && sessions.get(who),
        viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 800 },
        colorScheme: dark ? 'dark' : 'light',
        reducedMotion: 'reduce',
        ...place,
      })
      contexts.push(context)
      if (who && !sessions.has(who)) {
        await signIn(context, who)
        sessions.set(who, await context.storageState())
      }
      const page = await context.newPage()
      follow(page)
      page.on('pageerror', (error) => errors.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
          errors.push(message.text())
        }
      })
      return page
    })
    for (const context of contexts) await context.close()
    expect(errors, 'errors in the console').toEqual([])
  },
})

export { expect }
