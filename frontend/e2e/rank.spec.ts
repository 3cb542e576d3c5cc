import { expect, expectAccessibleInBothThemes, settled, test } from './fixtures'

test('a search is narrowed by counts that keep their word, put in another order, and says why', async ({ open }) => {
  const page = await open('rep2')
  await page.goto('/search?q=pharma&in=resource')
  const row = page.locator('[data-hit]')
  await expect(row.first()).toBeVisible()
  await expect(row.first()).toContainText('In the t') // title or text
  const side = page.getByRole('complementary', { name: 'Narrow the results' })
  const total = page.getByRole('status').filter({ hasText: 'result' })
  const stages = side.getByRole('region', { name: 'Stage' })
  const decision = stages.getByRole('button', { name: /^Decision/ })
  const awareness = stages.getByRole('button', { name: /^Awareness/ })
  const counted = Number(/\d+$/.exec((await decision.innerText()).trim())?.[0])
  const other = (await awareness.innerText()).trim()
  await decision.click()
  await expect(total).toHaveText(new RegExp(`^${counted} result`))
  // the other stages say what choosing them as well would show
  await expect(awareness).toHaveText(other, { useInnerText: true })
  await expect(page).toHaveURL(/stage=/)
  await side.getByRole('button', { name: /^Shareable/ }).click()
  await page.getByRole('combobox', { name: 'Order' }).selectOption('Best rated')
  await expect(page).toHaveURL(/sort=rated/)
  await page.reload()
  await expect(decision).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByRole('combobox', { name: 'Order' })).toHaveValue('rated')
  await side.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page).not.toHaveURL(/stage=/)
  // collections too
  const collection = side.getByRole('region', { name: 'Collection' }).getByRole('button').first()
  const within = /\d+$/.exec((await collection.innerText()).trim())?.[0]
  await collection.click()
  await expect(total).toHaveText(new RegExp(`^${within} result`))
  await expect(page).toHaveURL(/collection=/)
  await collection.click()
  await expect(page).not.toHaveURL(/collection=/)
  await settled(page)
  await expectAccessibleInBothThemes(page)

  // the library has the same filters and order
  await page.goto('/library?q=pharma')
  await page.getByLabel('Order').selectOption('Best rated')
  const fresh = page.getByRole('group', { name: 'Freshness' }).getByRole('checkbox').first()
  const label = await fresh.evaluate((box: HTMLInputElement) => box.labels?.[0]?.innerText ?? '')
  await fresh.check()
  await expect(page).toHaveURL(/freshness=/)
  await expect(page.getByRole('status').filter({ hasText: 'resource' })).toHaveText(
    new RegExp(`^${/\d+$/.exec(label.trim())?.[0]} resource`),
  )
  await expect(page.getByRole('group', { name: 'Collection' })).toBeVisible()
  await settled(page)
  await expectAccessibleInBothThemes(page)
})
