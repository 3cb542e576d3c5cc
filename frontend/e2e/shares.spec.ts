import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectAccessibleInBothThemes, test } from './fixtures'

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

/** Only the path: the program may know itself by another port than the one that the test uses. */
const pathOf = (link: string) => new URL(link).pathname

async function shareable(page: Page): Promise<{ id: string; title: string }> {
  const found = await (await page.request.get('/api/v1/resources?sharing=shareable&q=pharma%20shipments')).json()
  return found.items.find((r: { title: string }) => r.title.includes('41,200'))
}

test('a resource is shared with a passcode, read outside, counted, revoked and opened again', async ({
  open,
  browser,
  baseURL,
}) => {
  test.setTimeout(150_000)
  const name = `Ines ${Date.now()}`
  const jonas = await open('rep')
  await jonas.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const resource = await shareable(jonas)
  await jonas.goto(`/library/${resource.id}?page=2`)
  await jonas.getByRole('button', { name: 'Share outside, opened at page 2' }).click()
  const dialog = jonas.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'For whom' }).fill(name)
  await dialog.getByRole('textbox', { name: 'A few words to them' }).fill('Page 4 has your lanes.')
  await dialog.getByRole('button', { name: 'More', exact: true }).click()
  await expect(dialog.getByText('Not possible here: this Byline has no mail server')).toBeVisible()
  await expect(dialog.getByRole('switch', { name: 'Ask for their e-mail address' })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Suggest one' }).click()
  const passcode = await dialog.getByRole('textbox', { name: 'Passcode' }).inputValue()
  await expectAccessible(jonas)
  await dialog.getByRole('button', { name: 'Copy link' }).click()
  const link = dialog.getByRole('textbox', { name: 'Link' })
  await expect(link).toHaveValue(/\/s\/[\w-]{43}#p-[\w-]+-2$/)
  await expect(dialog.getByText('The link is copied.')).toBeVisible()
  expect(await jonas.evaluate(() => navigator.clipboard.readText())).toBe(await link.inputValue())
  await expect(dialog.getByRole('textbox', { name: 'Passcode, not told again' })).toHaveValue(passcode)
  const path = pathOf(await link.inputValue())
  await dialog.getByRole('button', { name: 'See the share' }).click()
  await expect(jonas.getByRole('heading', { name, level: 1 })).toBeVisible()
  await expect(jonas.getByText('Nobody has read it yet')).toBeVisible()

  // a mail scanner and a robot come first; then the recipient, on a phone
  const context = await browser.newContext({
    baseURL,
    userAgent: chrome,
    viewport: { width: 390, height: 844 },
    reducedMotion: 'reduce',
  })
  await context.request.get(path, { headers: { 'User-Agent': `${chrome} Proofpoint URL Defense` } })
  await context.request.head(path)
  const ines = await context.newPage()
  await ines.goto(path)
  await expect(ines.getByRole('heading', { name: 'Shared with you' })).toBeVisible()
  await expect(ines.getByText(resource.title)).toHaveCount(0)
  await ines.getByLabel('Passcode').fill('not this one')
  await ines.getByRole('button', { name: 'Open' }).click()
  await expect(ines.getByRole('alert')).toHaveText('That is not the passcode.')
  await expectAccessible(ines)
  await ines.getByLabel('Passcode').fill(passcode)
  const told = ines.waitForResponse((r) => r.url().endsWith('/beat'))
  await ines.getByRole('button', { name: 'Open' }).click()
  await expect(ines.getByRole('heading', { name: resource.title, level: 1 })).toBeVisible()
  await expect(ines.getByText('Page 4 has your lanes.')).toBeVisible()
  for (const colorScheme of ['light', 'dark'] as const) {
    await ines.emulateMedia({ colorScheme })
    await expectAccessible(ines)
  }
  const saved = ines.waitForEvent('download')
  await ines.getByRole('link', { name: 'Download' }).first().click()
  expect((await saved).suggestedFilename()).toMatch(/\.pdf$/)
  expect((await told).status()).toBe(204)

  await jonas.reload()
  await expect(jonas.getByRole('heading', { name: 'Time per page' })).toBeVisible()
  await expect(jonas.getByText(/on device 1/)).toBeVisible()
  await expect(jonas.getByText('Scanners and robots')).toBeVisible()
  await expectAccessibleInBothThemes(jonas)

  await jonas.getByRole('button', { name: 'Revoke' }).click()
  await expect(jonas.getByText('Revoked. The link is closed.')).toBeVisible()
  await ines.reload()
  await expect(ines.getByRole('heading', { name: 'This link is closed' })).toBeVisible()
  await jonas.getByRole('button', { name: 'Undo' }).click()
  await expect(jonas.getByText('Open again, at the same link.')).toBeVisible()
  await ines.reload()
  await expect(ines.getByRole('heading', { name: resource.title, level: 1 })).toBeVisible()
  await context.close()

  await jonas.goto(`/library/${resource.id}`)
  await expect(jonas.getByRole('complementary').getByRole('link', { name })).toBeVisible()
})

test('what may not be downloaded is read as pictures with the name of the recipient on them', async ({
  open,
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000)
  const jonas = await open('rep')
  const resource = await shareable(jonas)
  const made = await jonas.request.post('/api/v1/shares', {
    data: { recipient: 'Ines Duarte', resources: [resource.id], downloads: false },
  })
  const share = await made.json()
  const path = pathOf((await (await jonas.request.get(`/api/v1/shares/${share.id}/address`)).json()).url)
  const viewport = { width: 390, height: 844 }
  const context = await browser.newContext({ baseURL, userAgent: chrome, viewport, reducedMotion: 'reduce' })
  const ines = await context.newPage()
  const first = ines.getByRole('img', { name: /page 1 of/ })
  await expect(async () => {
    await ines.goto(path) // until the worker has drawn the pages
    await expect(first).toBeVisible({ timeout: 2000 })
  }).toPass({ timeout: 90_000 })
  await expect.poll(() => first.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(300)
  expect(await first.evaluate((img: HTMLImageElement) => new URL(img.currentSrc).origin)).toBe(
    new URL(ines.url()).origin,
  )
  await expect(ines.getByRole('link', { name: 'Download' })).toHaveCount(0)
  await expect(ines.locator('.words span').first()).toBeAttached()
  for (const colorScheme of ['light', 'dark'] as const) {
    await ines.emulateMedia({ colorScheme })
    await expectAccessible(ines)
  }
  await ines.locator('li[data-page="2"]').evaluate((page) => page.scrollIntoView())
  const seen = async () => {
    const reading = await (await jonas.request.get(`/api/v1/shares/${share.id}/reading`)).json()
    return reading.pages.map((p: { page: number }) => p.page)
  }
  await expect.poll(seen, { message: 'seconds are counted by page', timeout: 40_000 }).toContain(2)
  await context.close()
})

test('the inventory: whose, in which state, several revoked at once and put back', async ({ open }) => {
  const made = Date.now()
  const marta = await open('salesLead', { phone: true })
  const resource = await shareable(marta)
  for (const n of [1, 2]) {
    const answer = await marta.request.post('/api/v1/shares', {
      data: { recipient: `Buyer ${made}-${n}`, resources: [resource.id], downloads: true },
    })
    expect(answer.status(), await answer.text()).toBe(201)
  }
  await marta.goto('/')
  await marta.getByRole('button', { name: 'Account' }).click()
  await marta.getByRole('menuitem', { name: 'Shares' }).click()
  await expect(marta.getByRole('link', { name: `Buyer ${made}-1` })).toBeVisible()
  await expectAccessibleInBothThemes(marta)
  await marta.getByText('My team', { exact: true }).click()
  await expect(marta).toHaveURL(/scope=team/)
  await expect(marta.getByText(/by Jonas Weber/).first()).toBeVisible()
  await marta.getByRole('searchbox', { name: 'Find by recipient or title' }).fill(`Buyer ${made}`)
  await expect(marta).toHaveURL(/q=Buyer/)
  await expect(marta.getByRole('listitem').filter({ hasText: 'Buyer' })).toHaveCount(2)
  await marta.getByRole('checkbox', { name: 'Choose all that are shown' }).check()
  await marta.getByRole('button', { name: 'Revoke' }).click()
  await expect(marta.getByText('2 revoked. Their links are closed.')).toBeVisible()
  await expect(marta.getByText('Revoked', { exact: true })).toHaveCount(2)
  await marta.getByRole('button', { name: 'Undo' }).click()
  await expect(marta.getByText('Revoked', { exact: true })).toHaveCount(0)

  // both to a colleague, and back
  await marta.getByRole('checkbox', { name: 'Choose all that are shown' }).check()
  await marta.getByRole('button', { name: 'Give to a colleague' }).click()
  const dialog = marta.getByRole('dialog', { name: 'Give 2 shares to a colleague' })
  await dialog.getByRole('combobox', { name: 'Colleague' }).fill('Jonas')
  await marta.getByRole('option', { name: /Jonas Weber/ }).click()
  await expect(dialog.getByText('2 will be Jonas Weber’s.')).toBeVisible()
  await expectAccessible(marta)
  await dialog.getByRole('button', { name: 'Give 2' }).click()
  await expect(marta.getByText('2 are Jonas Weber’s now.')).toBeVisible()
  const jonas = await marta.request.get('/api/v1/people?q=Jonas')
  const { id } = (await jonas.json()).items[0]
  const theirs = () => marta.getByRole('listitem').filter({ hasText: `Buyer ${made}` })
  await expect(theirs().filter({ hasText: 'by Jonas Weber' })).toHaveCount(2)
  await marta.getByRole('button', { name: 'Undo' }).click()
  await expect(marta.getByText('2 are back with those whose they were.')).toBeVisible()
  await expect(theirs().filter({ hasText: 'by Jonas Weber' })).toHaveCount(0)
  await marta.goto(`/people/${id}`)
  await marta.getByRole('link', { name: 'Their shares' }).click()
  await expect(marta).toHaveURL(/owner=/)
  await expect(marta.getByText(/by Jonas Weber/).first()).toBeVisible()
  await expect(marta.getByText(`Buyer ${made}-1`)).toHaveCount(0)

  const aoife = await open('rep2')
  await aoife.goto(`/shares?q=${made}`)
  await expect(aoife.getByText('No share fits')).toBeVisible()
})

test('a resource is replaced by another one: shares show that, until it is undone', async ({ open }) => {
  const nora = await open('marketer2')
  const found = await (await nora.request.get('/api/v1/resources?q=data%20sheet&sharing=shareable')).json()
  const idOf = (title: string) => found.items.find((r: { title: string }) => r.title === title).id
  const gate = idOf('Kelvora Gate: data sheet')
  const made = await nora.request.post('/api/v1/shares', { data: { recipient: 'Hanna Voss', resources: [gate] } })
  const share = await made.json()
  const path = pathOf((await (await nora.request.get(`/api/v1/shares/${share.id}/address`)).json()).url)

  await nora.goto(`/library/${gate}`)
  await nora.getByRole('button', { name: 'More actions' }).click()
  await nora.getByRole('menuitem', { name: 'Replace by another' }).click()
  const dialog = nora.getByRole('dialog', { name: 'Replace by another resource' })
  await expect(dialog.getByText('Hanna Voss')).toBeVisible()
  await dialog.getByRole('combobox', { name: 'What takes its place' }).fill('Kelvora Tag')
  await nora.getByRole('option', { name: 'Kelvora Tag: data sheet' }).click()
  await expectAccessible(nora)
  await dialog.getByRole('button', { name: 'Replace' }).click()
  await expect(nora.getByText('This was replaced by')).toBeVisible()

  const reader = await open(undefined)
  await reader.goto(path)
  await expect(reader.getByRole('heading', { name: 'Kelvora Tag: data sheet', level: 1 })).toBeVisible()
  const jonas = await open('rep') // he does not see the archived one, and is led on
  await jonas.goto(`/library/${gate}`)
  await jonas.getByRole('link', { name: 'Kelvora Tag: data sheet' }).click()
  await expect(jonas.getByRole('heading', { name: 'Kelvora Tag: data sheet', level: 1 })).toBeVisible()

  await nora.getByRole('button', { name: 'More actions' }).click()
  await nora.getByRole('menuitem', { name: 'Bring back' }).click()
  await expect(nora.getByText('This was replaced by')).toHaveCount(0)
  await reader.reload()
  await expect(reader.getByRole('heading', { name: 'Kelvora Gate: data sheet', level: 1 })).toBeVisible()
})

test('a collection is shared as it is: what comes later waits for the owner, and stands at the same link then', async ({
  open,
}) => {
  test.setTimeout(120_000)
  const helena = await open('marketingLead')
  const first = await shareable(helena)
  const found = await (await helena.request.get('/api/v1/resources?sharing=shareable&q=data%20sheet')).json()
  const later = found.items.find((r: { id: string }) => r.id !== first.id)
  const made = await helena.request.post('/api/v1/collections', {
    data: { title: `Ours ${Date.now()}`, kind: 'hand', rule: {}, shared: 'everybody', resource_ids: [first.id] },
  })
  expect(made.status(), await made.text()).toBe(201)
  const collection = await made.json()

  const jonas = await open('rep', { phone: true })
  await jonas.goto(`/library/collections/${collection.id}`)
  await jonas.getByRole('main').getByRole('button', { name: 'Share', exact: true }).click()
  const dialog = jonas.getByRole('dialog')
  await expect(dialog.getByText('1 resource of this collection.')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'For whom' }).fill('Ines of collections')
  await dialog.getByRole('textbox', { name: 'Heading' }).fill('For your first meeting')
  await expectAccessible(jonas)
  await dialog.getByRole('button', { name: 'Copy link' }).click()
  const link = dialog.getByRole('textbox', { name: 'Link', exact: true })
  await expect(link).toHaveValue(/\/s\//)
  const path = pathOf(await link.inputValue())
  await helena.request.put(`/api/v1/collections/${collection.id}/items/${later.id}`)

  const reader = await open(undefined)
  await reader.goto(path)
  await expect(reader.getByRole('heading', { name: 'For your first meeting', level: 1 })).toBeVisible()
  await expect(reader.getByRole('heading', { name: first.title, level: 2 })).toBeVisible()
  await expect(reader.getByText(later.title)).toHaveCount(0)
  await expect(reader.getByText(collection.title)).toHaveCount(0)
  await expectAccessible(reader)

  await dialog.getByRole('button', { name: 'See the share' }).click()
  await expect(jonas.getByText('One more is in the collection by now')).toBeVisible()
  await expectAccessibleInBothThemes(jonas)
  await jonas.getByRole('button', { name: 'Show it too' }).click()
  await expect(jonas.getByText('One more is in the collection by now')).toHaveCount(0)
  await reader.reload()
  await expect(reader.getByRole('heading', { name: later.title, level: 2 })).toBeVisible()
})
