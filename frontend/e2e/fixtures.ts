import AxeBuilder from '@axe-core/playwright'
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'

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

/** No violation of WCAG 2.2 A and AA, and nothing to scroll sideways. */
export async function expectAccessible(page: Page, without: string[] = []): Promise<void> {
  let axe = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
  for (const selector of without) axe = axe.exclude(selector)
  const { violations } = await axe.analyze()
  const words = violations.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.map((n) => n.html.slice(0, 200)).join('\n  ')}`)
  expect(words.join('\n')).toBe('')
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(sideways, 'the page scrolls sideways').toBe(0)
}

interface Fixtures {
  /** A browser of one's own for each person: `const jonas = await open('rep')`. */
  open: (who: Who, options?: { phone?: boolean; dark?: boolean }) => Promise<Page>
}

/** Fails a test when its pages wrote errors to the console, beside refused requests that the test provokes. */
export const test = base.extend<Fixtures>({
  open: async ({ browser, baseURL }, use) => {
    const contexts: BrowserContext[] = []
    const errors: string[] = []
    await use(async (who, { phone = false, dark = false } = {}) => {
      const context = await browser.newContext({
        baseURL,
        viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 800 },
        colorScheme: dark ? 'dark' : 'light',
        reducedMotion: 'reduce',
      })
      contexts.push(context)
      await signIn(context, who)
      const page = await context.newPage()
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
