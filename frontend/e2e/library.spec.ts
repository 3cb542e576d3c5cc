import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectAccessibleInBothThemes, settled, test } from './fixtures'

const cards = (page: Page) => page.getByRole('main').getByRole('article')

/** A resource by its title, with its files, from the API. */
async function resourceOf(page: Page, words: string) {
  const found = await (await page.request.get(`/api/v1/resources?q=${encodeURIComponent(words)}&limit=1`)).json()
  const { id } = found.items[0]
  return (await page.request.get(`/api/v1/resources/${id}`)).json()
}

test('a rep narrows the library by facets whose counts keep their word, and the address keeps it all', async ({
  open,
}) => {
  const page = await open('rep')
  await page.goto('/library')
  await expect(cards(page).first()).toBeVisible()
  const facet = page.getByRole('complementary', { name: 'Filters' }).getByRole('checkbox', { name: /^Guide/ })
  const name = await facet.evaluate((box) => (box as HTMLInputElement).labels?.[0]?.innerText ?? '')
  const count = Number(/\d+/.exec(name)?.[0])
  expect(count).toBeGreaterThan(1)
  await facet.check()
  await expect(cards(page)).toHaveCount(count)
  await expect(page.getByRole('status').filter({ hasText: `${count} resources` })).toBeVisible()
  await page.getByRole('combobox', { name: 'Order' }).selectOption('Title')
  await expect(page).toHaveURL(/type=.*Guide|type=.*guide/)

  await page.reload()
  await expect(cards(page)).toHaveCount(count)
  const titles = await cards(page).getByRole('heading').allInnerTexts()
  expect(titles).toEqual([...titles].sort((a, b) => a.localeCompare(b, 'en')))
  await cards(page).first().getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(titles[0] ?? '')
  await page.goBack()
  await expect(cards(page)).toHaveCount(count)
  await page.getByRole('button', { name: 'Take off: Guide' }).click()
  await expect.poll(() => cards(page).count()).toBeGreaterThan(count)
})

test('search answers while typing, and what nobody wrote yet becomes an idea', async ({ open }) => {
  const page = await open('rep')
  await page.goto('/library')
  await expect(cards(page).first()).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('calibration')
  await expect(page.getByRole('heading', { name: 'How our calibration service works' })).toBeVisible()
  await expect(cards(page).locator('mark').first()).toHaveText(/calibration/i)

  const box = page.getByRole('searchbox', { name: 'Search the library' })
  await box.fill('quantumzebra')
  await expect(page.getByText('Nothing about “quantumzebra” yet')).toBeVisible()
  await page.getByRole('button', { name: 'Ask for it' }).click()
  await expect(page.getByRole('dialog').getByRole('textbox').first()).toHaveValue('quantumzebra')
})

test('favourites are marked by key and kept', async ({ open }) => {
  const page = await open('rep2')
  await page.goto('/library?sort=title')
  await expect(cards(page).first()).toBeVisible()
  const title = await cards(page).nth(1).getByRole('heading').innerText()
  const star = page.getByRole('button', { name: `Favourite: ${title}` })
  const before = (await star.getAttribute('aria-pressed')) === 'true'
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect(cards(page).nth(1).getByRole('link')).toBeFocused()
  const saved = page.waitForResponse((r) => r.url().endsWith('/favourite'))
  await page.keyboard.press('f')
  await expect(star).toHaveAttribute('aria-pressed', String(!before))
  expect((await saved).status()).toBe(204)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(page.getByRole('button', { name: `Favourite: ${title}` })).toHaveAttribute(
    'aria-pressed',
    String(!before),
  )
  await page.getByRole('button', { name: `Favourite: ${title}` }).click()
  await page.goto('/library?tab=favourites')
  await expect(page.getByRole('button', { name: `Favourite: ${title}` })).toHaveCount(before ? 1 : 0)
})

test('a link leads to the page of a file, with the words marked', async ({ open }) => {
  const page = await open('rep')
  const resource = await resourceOf(page, 'Passport: one record per shipment')
  const [file] = resource.assets
  const pages = await (await page.request.get(`/api/v1/assets/${file.id}/pages`)).json()
  const third = pages.items.find((p: { page: number }) => p.page === 3)
  const word = /[a-z]{7,}/.exec(third.text)?.[0] ?? ''
  const views = page.waitForResponse((r) => r.url().endsWith(`/resources/${resource.id}/views`))
  await page.goto(`/library/${resource.id}?page=3&mark=${word}`)
  expect((await views).status()).toBe(204)
  const reader = page.getByRole('region', { name: `${file.name}, page by page` })
  const sheet = reader.getByRole('document', { name: /Page 3 of/ })
  await expect(sheet.locator('mark').first()).toHaveText(new RegExp(word, 'i'))
  await reader.getByRole('button', { name: 'Next page' }).click()
  await expect(page).toHaveURL(/page=4/)
})

test('the palette finds by keyboard what is misspelt, remembers it, and files what is missing', async ({ open }) => {
  const page = await open('rep')
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('Control+k')
  const box = page.getByRole('combobox', { name: 'Search or jump to a page' })
  await expect(box).toBeFocused()
  await page.keyboard.type('calibraton servce')
  const wanted = page.getByRole('option', { name: /How our calibration service works/ })
  await expect(wanted).toBeVisible()
  await expect(wanted.locator('mark').first()).toBeVisible()
  for (let i = 0; i < 20 && (await wanted.getAttribute('aria-selected')) !== 'true'; i++) {
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'How our calibration service works' })).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await page.goto('/people')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('group', { name: 'Opened last' }).getByRole('option').first()).toContainText(
    'How our calibration service works',
  )
  await expect(box).toBeFocused()
  await page.keyboard.type('insights')
  await expect(page.getByRole('option', { name: /^Insights/ })).toHaveAttribute('aria-selected', 'true')
  await box.fill('quantumzebra')
  await expect(page.getByText('Nothing found for “quantumzebra”')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').getByRole('textbox').first()).toHaveValue('quantumzebra')
})

test('all results have kinds with counts and can be narrowed', async ({ open }) => {
  const page = await open('rep')
  await page.goto('/search?q=excursion')
  const rows = page.getByRole('main').getByRole('list').getByRole('link')
  await expect(rows.first()).toBeVisible()
  const tab = page.getByRole('navigation', { name: 'Kinds of results' }).getByRole('link', { name: /^Ideas/ })
  const count = Number(/\d+/.exec(await tab.innerText())?.[0])
  await tab.click()
  await expect(rows).toHaveCount(Math.min(count, 20))
  await expect(page).toHaveURL(/in=idea/)
  await rows.first().click()
  await expect(page).toHaveURL(/\/ideas\//)
})

test('marketing keeps resources right: details, review, archive with undo', async ({ open }) => {
  const page = await open('marketer')
  const resource = await resourceOf(page, 'Customs at night: whom to call')
  await page.goto(`/library/${resource.id}`)
  await expect(page.getByRole('alert', { name: 'Review due' })).toBeVisible()
  await page.getByRole('button', { name: 'Still right' }).click()
  await expect(page.getByRole('alert', { name: 'Review due' })).toHaveCount(0)
  await expect(page.getByText(/Checked/).first()).toBeVisible()

  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Edit details' }).click()
  const dialog = page.getByRole('dialog', { name: 'Edit details' })
  // somebody else is faster
  const now = await (await page.request.get(`/api/v1/resources/${resource.id}`)).json()
  const { title, summary, content_type, lang, taxonomy, shareable, public_url, review_due_on } = now
  const theirs = await page.request.put(`/api/v1/resources/${resource.id}`, {
    headers: { 'If-Match': `"${now.rev}"` },
    data: {
      title,
      summary: `${summary} By day too.`,
      content_type,
      lang,
      taxonomy,
      shareable,
      public_url,
      review_due_on,
      owner_id: now.owner.id,
    },
  })
  expect(theirs.status()).toBe(200)
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Customs at night and by day')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('Somebody changed this in the meantime')).toBeVisible()
  await dialog.getByRole('button', { name: 'Save mine instead' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1, name: 'Customs at night and by day' })).toBeVisible()

  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await expect(page.getByRole('alert', { name: 'Archived' })).toBeVisible()
  const rep = await open('rep')
  await rep.goto(`/library/${resource.id}`)
  await expect(rep.getByText('Not here')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('alert', { name: 'Archived' })).toHaveCount(0)
  await rep.goto(`/library/${resource.id}`)
  await expect(rep.getByRole('heading', { level: 1, name: 'Customs at night and by day' })).toBeVisible()
  // a rep reads, but the buttons of marketing are not theirs
  await expect(rep.getByRole('button', { name: 'More actions' })).toHaveCount(0)
})

test('on a phone the facets are behind a counted button', async ({ open }) => {
  const page = await open('rep', { phone: true })
  await page.goto('/library')
  await expect(cards(page).first()).toBeVisible()
  await page.getByRole('button', { name: 'Filters' }).click()
  await page
    .getByRole('dialog', { name: 'Filters' })
    .getByRole('checkbox', { name: /^Case study/ })
    .check()
  await page.getByRole('button', { name: /^Show \d+ resource/ }).click()
  await expect(page.getByRole('button', { name: 'Filters (1)' })).toBeVisible()
  await expectAccessible(page)
})

for (const phone of [false, true]) {
  test(`library and search are accessible: ${phone ? 'phone' : 'desktop'}`, async ({ open }) => {
    test.slow() // ten times axe
    const page = await open('marketer', { phone })
    const resource = await resourceOf(page, 'Passport: one record per shipment')
    for (const path of [
      '/library',
      '/library?view=list&q=excursion',
      `/library/${resource.id}?page=2&mark=record`,
      '/search?q=excursion',
    ]) {
      await page.goto(path)
      await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible()
      await settled(page)
      await page.evaluate(() => scrollTo(0, 0)) // a page of a file is scrolled to: buttons half below the bar count as small
      await expectAccessibleInBothThemes(page)
    }
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('combobox', { name: 'Search or jump to a page' })).toBeFocused()
    await page.keyboard.type('excursion')
    await expect(page.getByRole('option').locator('mark').first()).toBeVisible()
    await expectAccessibleInBothThemes(page)
  })
}

test('the library comes packed, in few files, and asks for nothing twice', async ({ open }) => {
  const page = await open('rep')
  await page.goto('/people') // the browser knows from now on that somebody is signed in
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.goto('about:blank')
  const asked: string[] = []
  const unpacked: string[] = []
  const scripts = new Set<string>()
  page.on('response', (response) => {
    const { pathname, search } = new URL(response.url())
    if (pathname.startsWith('/api/')) asked.push(pathname + search)
    if (!/^[/]assets[/].*[.]js$/.test(pathname)) return
    scripts.add(pathname)
    const { 'content-encoding': encoding, 'content-length': size, 'cache-control': cache = '' } = response.headers()
    if ((Number(size) > 1024 && !encoding) || !cache.includes('immutable')) unpacked.push(pathname)
  })
  await page.goto('/library')
  await expect(cards(page).first()).toBeVisible()
  const before = scripts.size
  const paths = asked.map((address) => address.split('?')[0])
  const early = ['/api/v1/resources', '/api/v1/resources/counts', '/api/v1/session']
  expect(paths.slice(0, 3).sort()).toEqual(early)
  expect(paths.filter((path) => early.includes(path ?? ''))).toHaveLength(3)
  expect(unpacked).toEqual([])
  expect(before).toBeLessThan(45)
})
