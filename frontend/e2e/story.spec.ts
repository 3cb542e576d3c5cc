// The whole job, end to end: from a customer's question to one honest click. With BYLINE_TOUR=folder it leaves the
// pictures of the README's tour there (`make tour`).
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { expect, expectAccessible, test } from './fixtures'
import { pdf } from './pdf'

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.BYLINE_TOUR
  if (!folder) return
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => globalThis.scrollTo(0, 0))
  await page.mouse.move(0, 0)
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}

/** A picture to attach: real pixels, drawn by the browser. */
async function drawing(browser: Browser): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 960, height: 540 } })
  await page.setContent(`<body style="margin:0;background:linear-gradient(#dbe8f4,#f7fafc);font:600 30px sans-serif;color:#17324d">
    <svg width="960" height="540"><rect x="280" y="130" width="400" height="290" rx="18" fill="#fff" stroke="#17324d" stroke-width="8"/>
    <g stroke="#5b93c9" stroke-width="5" stroke-linecap="round">${[360, 480, 600]
      .map((x) => `<path d="M${x} 220v120m-52-90 104 60m0-60-104 60"/>`)
      .join('')}</g>
    <text x="480" y="485" text-anchor="middle">20 °C outside, −70 °C inside</text></svg></body>`)
  const picture = await page.screenshot()
  await page.close()
  return picture
}

/** Chooses a person by name, as one does: in the middle of the screen, so that the list has room. */
async function choose(page: Page, label: string, words: string, name: RegExp): Promise<void> {
  const box = page.getByRole('combobox', { name: label })
  await box.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  await box.click()
  await page.keyboard.type(words)
  await page.getByRole('option', { name }).click()
}

test('from a customer’s question to one honest click', async ({ open, browser, baseURL }) => {
  test.setTimeout(300_000)
  const title = 'Why frost forms inside a sealed shipper'
  const rare = 'desublimation'

  // A rep files an idea with a customer's question.
  const jonas = await open('rep')
  await jonas.goto('/')
  await expect(jonas.getByRole('heading', { name: 'Waiting for you' })).toBeVisible()
  await picture(jonas, '00-home')
  await jonas.goto('/ideas')
  await jonas.getByRole('button', { name: 'New idea' }).first().click()
  const filing = jonas.getByRole('dialog', { name: 'New idea' })
  await filing.getByLabel('What should exist?').fill(title)
  await filing.getByRole('button', { name: 'Add details' }).click()
  await filing.getByLabel('Say more').fill('It comes up at every second visit, and I have nothing to send.')
  await filing
    .getByLabel('What customers say')
    .fill('The box was sealed and dry. Why is there frost on the vials when we open it?')
  await filing.getByRole('combobox', { name: 'Kind' }).click()
  await jonas.getByRole('option', { name: 'Question' }).click()
  await filing.getByLabel('Who said it?').fill('Head of quality, vaccine maker')
  await picture(jonas, '01-new-idea')
  await filing.getByRole('button', { name: 'File idea' }).click()
  await jonas.getByRole('button', { name: 'Open it' }).click()
  await expect(jonas.getByRole('heading', { level: 1, name: title })).toBeVisible()
  const idea = new URL(jonas.url()).pathname

  // Others vote and add evidence.
  const aoife = await open('rep2')
  await aoife.goto(idea)
  await aoife.getByRole('button', { name: `Vote for “${title}”` }).click()
  await aoife.getByRole('button', { name: 'Add evidence' }).click()
  await aoife.getByLabel('What was said or happened?').fill('We threw away a whole pallet because of ice crystals.')
  await aoife.getByLabel('Who said it?').fill('Logistics, clinical trials')
  await aoife.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(aoife.getByText('We threw away a whole pallet')).toBeVisible()
  const marta = await open('salesLead')
  await marta.goto(idea)
  const vote = marta.getByRole('button', { name: `Vote for “${title}”` })
  await vote.click()
  await expect(vote).toHaveAttribute('aria-pressed', 'true')
  await picture(marta, '02-idea')

  // A marketer plans it, and writes brief and draft with the rep.
  const tom = await open('marketer')
  await tom.goto(idea)
  await tom.getByRole('button', { name: 'Plan a piece' }).click()
  const planning = tom.getByRole('dialog', { name: 'Plan a piece' })
  await planning.getByRole('button', { name: 'Plan it' }).click()
  await expect(tom).toHaveURL(/\/drafts\//)
  const draft = new URL(tom.url()).pathname
  await tom.getByRole('tab', { name: 'Brief' }).click()
  await tom.getByLabel('Summary').fill('Where the water comes from, and how to pack so that it stays away.')
  await tom.getByLabel('Audience').fill('Head of quality')
  await tom.getByLabel('Key message').fill('A sealed box is not a dry box.')
  await choose(tom, 'Contributors', 'Jonas', /Jonas Weber/)
  await tom.getByRole('button', { name: 'Start writing' }).click()
  await expect(tom.getByText('Writing', { exact: true }).first()).toBeVisible()
  await picture(tom, '03-brief')
  await tom.getByRole('tab', { name: 'Text' }).click()
  await tom.getByRole('textbox', { name: 'Text of the piece' }).click()
  await tom.keyboard.type(
    'Air that was locked in keeps its water. When the box gets cold, the water has to go somewhere.',
  )
  await expect(tom.getByText('Saved', { exact: true })).toBeVisible()

  await jonas.goto(draft)
  await jonas.getByRole('textbox', { name: 'Text of the piece' }).getByText('has to go somewhere').click()
  await jonas.keyboard.press('End')
  await jonas.keyboard.press('Enter')
  await jonas.keyboard.type('Customers ask me this at every second visit: they packed it dry, and they find it white.')
  await expect(jonas.getByText('Saved', { exact: true })).toBeVisible()

  // A PDF and a picture are attached.
  await tom.reload()
  await expect(tom.getByText('they find it white')).toBeVisible()
  await tom.getByRole('tab', { name: /Files/ }).click()
  const files = tom.locator('main input[type=file]')
  await files.setInputFiles([
    {
      name: 'frost-guide.pdf',
      mimeType: 'application/pdf',
      buffer: pdf([
        ['Frost in sealed shippers', 'A guide for quality people'],
        ['How water gets in', 'Packing, labels, damp hands.'],
        ['The physics', `Water vapour turns to ice at once: ${rare}.`, 'No liquid is ever seen.'],
      ]),
    },
    { name: 'frost.png', mimeType: 'image/png', buffer: await drawing(browser) },
  ])
  const cards = tom.getByRole('main')
  await expect(cards.getByText('frost-guide.pdf').first()).toBeVisible()
  await expect(cards.getByText(/PDF · .* · 3 pages/)).toBeVisible({ timeout: 60_000 })
  await expect
    .poll(
      async () => {
        const { items } = await (await tom.request.get(`/api/v1${draft}/assets`)).json()
        return items.map((asset: { state: string }) => asset.state)
      },
      { timeout: 60_000 },
    )
    .toEqual(['ready', 'ready'])
  await picture(tom, '04-files')

  // What the rep suggested is taken over; then both leads approve that exact version.
  await tom.getByRole('button', { name: 'Submit for approval' }).click()
  await tom.getByRole('dialog').getByRole('button', { name: 'Accept all and submit' }).click()
  await expect(tom.getByText('Waits for Sales and Marketing')).toBeVisible()
  const helena = await open('marketingLead')
  for (const lead of [marta, helena]) {
    await lead.goto(draft)
    if (lead === helena) await picture(helena, '05-approval')
    await lead.getByRole('button', { name: 'Approve version 1' }).click()
    await lead.getByRole('dialog').getByRole('button', { name: 'Approve version 1' }).click()
    await expect(lead.getByRole('dialog')).toHaveCount(0)
  }
  await expect(helena.getByText('Both sides approved version 1')).toBeVisible()

  // It is published into the library.
  await tom.reload()
  await tom.getByRole('button', { name: 'Publish' }).click()
  await tom.getByRole('dialog', { name: 'Publish version 1?' }).getByRole('button', { name: 'Publish' }).click()
  const published = tom.getByRole('link', { name: 'In the library' })
  await expect(published).toBeVisible()

  // A second rep finds it by a word from page 3 of the PDF, with a typo in it.
  await expect
    .poll(async () => (await (await aoife.request.get('/api/v1/search?q=desublimaton')).json()).hits.length, {
      timeout: 60_000,
    })
    .toBeGreaterThan(0)
  await aoife.goto('/')
  await expect(aoife.getByRole('heading', { name: 'Waiting for you' })).toBeVisible()
  await aoife.keyboard.press('Control+k')
  const palette = aoife.getByRole('dialog')
  await expect(palette).toBeVisible()
  await aoife.keyboard.type('desublimaton')
  const hit = palette
    .getByRole('option', { name: new RegExp(title) })
    .filter({ hasText: 'Page 3' })
    .first()
  await expect(hit).toBeVisible({ timeout: 30_000 })
  await picture(aoife, '06-search')
  await hit.click()
  await expect(aoife.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(aoife).toHaveURL(/page=3/)
  await expectAccessible(aoife)
  await picture(aoife, '07-resource')

  // The marketer ghost-writes a post about it for that rep.
  await published.click()
  await tom.getByText('Write a post about it').click()
  await choose(tom, 'For whom', 'Aoife', /Aoife Brennan/)
  const first = 'A sealed box is not a dry box.'
  await tom
    .getByRole('textbox', { name: 'Text', exact: true })
    .fill(`${first}\n\nEverybody who packs vials should know where frost comes from.`)
  await tom.getByLabel('Where the link leads').fill(`${baseURL}/sign-in?from=story`)
  await picture(tom, '08-write-post')
  await tom.getByRole('button', { name: 'Offer it' }).click()
  await expect(tom.getByRole('heading', { name: 'Waiting for Aoife' })).toBeVisible()
  const post = new URL(tom.url()).pathname

  // The rep changes a sentence, seals it, copies it, opens LinkedIn's composer, says "posted".
  await aoife.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await aoife.goto('/')
  await aoife
    .getByRole('link', { name: new RegExp(first) })
    .first()
    .click()
  await expect(aoife).toHaveURL(new RegExp(post))
  await aoife.getByRole('button', { name: 'Adapt' }).click()
  await aoife
    .getByRole('textbox', { name: 'Text' })
    .fill(`${first}\n\nA customer asked me why, and I did not know. Now I do.`)
  await aoife.getByRole('button', { name: 'Save' }).click()
  await expect(aoife.getByText('Saved.')).toBeVisible()
  await aoife.getByRole('button', { name: 'Seal it' }).click()
  const sealing = aoife.getByRole('dialog', { name: 'Seal this post?' })
  await expect(sealing).toContainText('A customer asked me why, and I did not know. Now I do.')
  await picture(aoife, '09-seal')
  await sealing.getByRole('button', { name: 'Seal it' }).click()
  await expect(aoife.getByRole('heading', { name: 'Ready to share' })).toBeVisible()
  await aoife.getByRole('button', { name: 'Copy text' }).click()
  await expect(aoife.getByRole('button', { name: 'Copied' }).first()).toBeVisible()
  const copied = await aoife.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain('Now I do.')
  const link = /https?:\/\/\S+\/l\/\w+/.exec(copied)?.[0] ?? ''
  expect(link).not.toBe('')
  await aoife.context().route('https://www.linkedin.com/**', (route) => route.fulfill({ body: 'composer' }))
  const [composer] = await Promise.all([
    aoife.context().waitForEvent('page'),
    aoife.getByRole('link', { name: 'Open LinkedIn' }).click(),
  ])
  expect(new URL(composer.url()).hostname).toBe('www.linkedin.com')
  await composer.close()
  await aoife.getByRole('button', { name: 'I posted it' }).click()
  await aoife.getByRole('button', { name: 'Yes, it is out' }).click()
  await expect(aoife.getByRole('heading', { name: 'It is out' })).toBeVisible()

  // Somebody opens the tracked link; LinkedIn's preview robot and a mail scanner open it too.
  const path = new URL(link).pathname
  const outside = await browser.newContext({ baseURL, userAgent: chrome })
  const reader = await outside.newPage()
  await reader.goto(path)
  await expect(reader).toHaveURL(/\/sign-in\?from=story&utm_/)
  const robots = [
    'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
    `${chrome} Proofpoint URL Defense`,
  ]
  for (const agent of robots) {
    const answer = await outside.request.get(path, { headers: { 'User-Agent': agent }, maxRedirects: 0 })
    expect(answer.status()).toBe(302)
  }
  await outside.close()

  // The rep's and the idea author's pages show one human click, and why the others were not counted.
  await aoife.goto(post)
  await jonas.goto(idea)
  await expect(jonas.getByText('Your idea became')).toBeVisible()
  await expect(jonas.getByText('1 post shared about it')).toBeVisible()
  for (const page of [aoife, jonas]) {
    await expect(page.getByText('click by a person')).toBeVisible()
    await expect(page.getByText('of 3 requests in all')).toBeVisible()
    const why = page.getByRole('button', { name: 'Why the others were not counted' })
    if ((await why.getAttribute('aria-expanded')) !== 'true') await why.click()
    await expect(page.getByText('LinkedIn’s preview robot')).toBeVisible()
    await expect(page.getByText('Proofpoint’s robot or mail scanner')).toBeVisible()
    await expectAccessible(page)
  }
  await picture(aoife, '10-clicks')
  await picture(jonas, '11-idea-credit')
})
