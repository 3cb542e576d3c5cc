import type { Page } from '@playwright/test'
import { expect, expectAccessible, settled, test } from './fixtures'
import { pdf } from './pdf'

async function resourceNamed(page: Page, title: string): Promise<string> {
  const { items } = await (await page.request.get(`/api/v1/resources?q=${encodeURIComponent(title)}&limit=10`)).json()
  return items.find((r: { title: string }) => r.title === title).id
}

/** Puts a new PDF in, as marketing does; gives the file that was there before. */
async function replaceFile(
  page: Page,
  resource: string,
  name: string,
  content: Buffer,
  note?: string,
): Promise<string> {
  const before = await (await page.request.get(`/api/v1/resources/${resource}`)).json()
  const begun = await page.request.post('/api/v1/assets', { data: { name, size: content.length } })
  const { id } = (await begun.json()).asset
  const parts = await (await page.request.post(`/api/v1/assets/${id}/parts`, { data: { numbers: [1] } })).json()
  await page.request.put(parts.items[0].url, { data: content })
  await page.request.post(`/api/v1/assets/${id}/complete`)
  const state = async () => (await (await page.request.get(`/api/v1/assets/${id}`)).json()).state
  await expect.poll(state, { timeout: 60_000 }).toBe('ready')
  const answer = await page.request.post(`/api/v1/resources/${resource}/file`, { data: { asset_id: id, note } })
  expect(answer.status(), await answer.text()).toBe(200)
  return before.assets[0].id
}

test('what changed between two versions is seen page by page, old links lead there, and a version comes back', async ({
  open,
}) => {
  test.slow()
  const tom = await open('marketer')
  const id = await resourceNamed(tom, 'The reefer guide for exporters of food')
  const page = (...lines: string[]) => lines
  const prices = (cost: string) => ['Setpoints', `A door seal costs ${cost} euro.`, 'Check the drains.']
  const cover = page('The reefer guide', 'For exporters of food')
  const last = page('Loading', 'Leave the floor free.')
  await replaceFile(tom, id, 'reefer-a.pdf', pdf([cover, prices('40'), last]))
  const former = await replaceFile(
    tom,
    id,
    'reefer-b.pdf',
    pdf([cover, page('New: unplugging', 'Never longer than an hour.'), prices('44'), last]),
    'Seals are dearer. New page about unplugging.',
  )

  const { version: now } = await (await tom.request.get(`/api/v1/resources/${id}`)).json()
  const old = now - 1

  // a rep who kept the address of the old file comes to what is there now
  const jonas = await open('rep')
  expect((await jonas.request.get(`/api/v1/assets/${former}/download`, { maxRedirects: 0 })).status()).toBe(404)
  await jonas.goto(`/api/v1/assets/${former}/download`)
  await expect(jonas).toHaveURL(new RegExp(`/library/${id}\\?version=${old}`))
  await expect(jonas.getByText(`You followed a link to version ${old}.`)).toBeVisible()
  await jonas.getByRole('alert').getByRole('link', { name: 'See what changed' }).click()
  await expect(jonas).toHaveURL(new RegExp(`versions\\?from=${old}&to=${now}`))

  // only what changed, marked in the pictures and told in words
  await expect(jonas.getByText('1 page changed · 1 new page · 2 pages are the same')).toBeVisible({ timeout: 60_000 })
  const changed = jonas.getByRole('article').filter({ hasText: 'Page 2 → page 3' })
  await expect(changed.getByRole('deletion')).toContainText('40')
  await expect(changed.getByRole('insertion')).toContainText('44')
  await expect(changed.getByRole('img', { name: `Page 3 of version ${now}` })).toBeVisible({ timeout: 90_000 })
  const picture = changed.getByRole('img', { name: `Page 2 of version ${old}` })
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(700)
  await expect(changed.locator('[data-kind="after"]')).toHaveCount(1)
  await expect(jonas.getByRole('article')).toHaveCount(2)
  await expectAccessible(jonas)
  await jonas.keyboard.press('j')
  await expect(jonas.getByText('1 of 2 changes')).toBeVisible()
  await jonas.keyboard.press('ArrowRight')
  await expect(jonas.getByText('2 of 2 changes')).toBeVisible()
  await expect(changed).toBeInViewport()
  await jonas.keyboard.press('s') // swaps
  await expect(picture).toBeVisible()
  await expect(changed.getByRole('img')).toHaveCount(1)
  await jonas.keyboard.press('s')
  await expect(changed.getByRole('img', { name: `Page 3 of version ${now}` })).toBeVisible()
  await jonas.getByRole('switch', { name: 'All pages' }).check({ force: true })
  await expect(jonas.getByRole('article')).toHaveCount(4)
  await expect(jonas).toHaveURL(/all=true/)
  await expect(jonas.getByRole('button', { name: /^Bring version/ })).toHaveCount(0) // marketing's

  // marketing said what changed, and corrects it; another tab does not lose what was said here
  const said = (who: Page) => who.getByRole('region', { name: 'What was said to have changed' })
  await expect(said(jonas)).toContainText('Seals are dearer.')
  await expect(said(jonas).getByRole('button')).toHaveCount(0)
  await tom.goto(`/library/${id}/versions`)
  await said(tom)
    .getByRole('button', { name: `Correct what is said of version ${now}` })
    .click()
  const other = await tom.request.put(`/api/v1/resources/${id}/versions/${now}/note`, {
    data: { note: 'Seals are cheaper.' },
    headers: { 'If-Match': '"1"' },
  })
  expect(other.status()).toBe(200)
  await said(tom).getByLabel('What changed?').fill('Door seals cost 44 euro. New page about unplugging.')
  await said(tom).getByRole('button', { name: 'Save' }).click()
  await said(tom).getByRole('button', { name: 'Save mine instead' }).click()
  await expect(said(tom).getByText('Door seals cost 44 euro.')).toBeVisible()
  await expect(said(tom).getByRole('button', { name: /^Correct/ })).toBeFocused()
  await expect(tom.getByRole('navigation', { name: 'Versions' })).toContainText('Door seals cost 44 euro.')

  // it brings the version before back, and takes that back
  await tom.getByRole('button', { name: `Bring version ${old} back` }).click()
  await expect(tom.getByText(`Version ${old} is back, as version ${now + 1}`)).toBeVisible()
  await expect(tom.getByRole('navigation', { name: 'Versions' })).toContainText(`Brought back from version ${old}`)
  await tom.getByRole('button', { name: 'Undo' }).click()
  await expect(tom.getByRole('navigation', { name: 'Versions' })).toContainText(`Brought back from version ${now}`)
})

test('the versions of a resource fit a phone', async ({ open }) => {
  const aoife = await open('rep', { phone: true, dark: true })
  const id = await resourceNamed(aoife, 'Kelvora Tag: data sheet')
  await aoife.goto(`/library/${id}`)
  await aoife.getByRole('link', { name: 'See what changed' }).click()
  await expect(aoife.getByText('3 pages changed · 1 new page')).toBeVisible({ timeout: 60_000 })
  await settled(aoife)
  expect(await aoife.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await expectAccessible(aoife)
})
