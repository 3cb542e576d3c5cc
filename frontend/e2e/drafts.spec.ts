import { createHash } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectAccessibleInBothThemes, test } from './fixtures'

interface Plan {
  title: string
  text?: string[]
  start?: boolean
}

/** Plans a piece through the API, as the signed-in marketer. */
async function plan(page: Page, { title, text, start = true }: Plan): Promise<string> {
  const answer = await page.request.post('/api/v1/drafts', { data: { title, content_type: 'blog_post', brief: {} } })
  expect(answer.status(), await answer.text()).toBe(201)
  const { id } = await answer.json()
  if (start) await page.request.post(`/api/v1/drafts/${id}/moves`, { data: { action: 'start' } })
  if (text) {
    const content = text.map((words) => ({ type: 'paragraph', content: [{ type: 'text', text: words }] }))
    const saved = await page.request.put(`/api/v1/drafts/${id}/document`, {
      headers: { 'If-Match': '"1"' },
      data: { doc: { type: 'doc', content } },
    })
    expect(saved.status(), await saved.text()).toBe(200)
  }
  return id
}

async function submit(page: Page, id: string): Promise<void> {
  const answer = await page.request.post(`/api/v1/drafts/${id}/moves`, { data: { action: 'submit' } })
  expect(answer.status(), await answer.text()).toBe(200)
}

/** A real PDF: one of the demo workspace. */
async function somePdf(page: Page): Promise<Buffer> {
  const { items: drafts } = await (await page.request.get('/api/v1/drafts?state=in_review')).json()
  for (const { id } of drafts) {
    const { items } = await (await page.request.get(`/api/v1/drafts/${id}/assets`)).json()
    const found = items.find((asset: { kind: string }) => asset.kind === 'pdf')
    if (found) return (await page.request.get(found.download_url)).body()
  }
  throw new Error('the demo workspace has no draft with a PDF')
}

const editorOf = (page: Page) => page.getByRole('textbox', { name: 'Text of the piece' })
const saved = (page: Page) => expect(page.getByText('Saved', { exact: true })).toBeVisible()

/** Puts the caret at the end of a paragraph and types. */
async function typeAfter(page: Page, words: string, more: string): Promise<void> {
  await editorOf(page).getByText(words).click()
  await page.keyboard.press('End')
  await page.keyboard.type(more)
}

test('from a plan to review: brief, text, the first yes, and an edit that makes it void', async ({ open }) => {
  test.slow()
  const title = `Five minutes at the dock ${Date.now()}`
  const tom = await open('marketer')
  await tom.goto('/drafts')
  await tom.getByRole('button', { name: 'New piece' }).first().click()
  const dialog = tom.getByRole('dialog', { name: 'New piece' })
  await dialog.getByLabel('Title').fill(title)
  await dialog.getByRole('button', { name: 'Plan it' }).click()

  await tom.getByLabel('Summary').fill('What happens between truck and gate.')
  await tom.getByLabel('Audience').fill('Head of quality')
  await tom.getByLabel('Key message').fill('Five minutes decide.')
  await tom.getByRole('button', { name: 'Start writing' }).click()
  await expect(tom.getByText('Writing', { exact: true }).first()).toBeVisible()
  await expect(tom.getByRole('button', { name: 'Submit for approval' })).toBeVisible() // the steps say "Writing" before that
  await tom.reload()
  await expect(tom.getByLabel('Summary')).toHaveValue('What happens between truck and gate.')
  await expect(tom.getByLabel('Key message')).toHaveValue('Five minutes decide.')

  await tom.getByRole('tab', { name: 'Text' }).click()
  await editorOf(tom).click()
  await tom.keyboard.type('Nobody looks at the dock.')
  // at once: what was typed goes with it
  await tom.getByRole('button', { name: 'Submit for approval' }).click()
  await expect(tom.getByText('Waits for Sales and Marketing')).toBeVisible()

  const marta = await open('salesLead')
  await marta.goto('/drafts?show=waiting')
  await marta.getByRole('link', { name: title }).click()
  await expect(editorOf(marta)).toHaveText(/Nobody looks at the dock/)
  await marta.getByRole('button', { name: 'Approve version 1' }).click()
  await marta.getByRole('dialog').getByRole('button', { name: 'Approve version 1' }).click()
  await expect(marta.getByText(/^Waits for Marketing/)).toBeVisible()

  await tom.reload()
  await expect(tom.getByText('Marta Lindqvist approved version 1')).toBeVisible()
  await typeAfter(tom, 'Nobody looks', ' Look.')
  await saved(tom)
  await expect(tom.getByText(/Void: The text was changed/)).toBeVisible()
  await tom.getByRole('button', { name: 'Submit the changes' }).click()
  await expect(tom.getByText('Waits for Sales and Marketing')).toBeVisible()
})

test('changes are asked for, both sides approve, and it is published', async ({ open }) => {
  const tom = await open('marketer')
  const id = await plan(tom, { title: 'What five minutes cost', text: ['Nobody looks at the dock.'] })
  await submit(tom, id)
  const helena = await open('marketingLead')
  await helena.goto(`/drafts/${id}`)
  await helena.getByRole('button', { name: 'Request changes' }).click()
  await helena.getByLabel('What should change?').fill('Say how long five minutes are.')
  await helena.getByRole('dialog').getByRole('button', { name: 'Request changes' }).click()
  await expect(helena.getByText('Writing', { exact: true }).first()).toBeVisible()
  await helena.getByRole('tab', { name: /Discussion/ }).click()
  await expect(helena.getByText('Say how long five minutes are.').first()).toBeVisible()

  await tom.goto(`/drafts/${id}`)
  await typeAfter(tom, 'Nobody looks', ' Five minutes are long.')
  await tom.getByRole('button', { name: 'Submit for approval' }).click()
  await expect(tom.getByText('Waits for Sales and Marketing')).toBeVisible()
  const marta = await open('salesLead')
  for (const lead of [marta, helena]) {
    await lead.goto(`/drafts/${id}`)
    await lead.getByRole('button', { name: 'Approve version 2' }).click()
    await lead.getByRole('dialog').getByRole('button', { name: 'Approve version 2' }).click()
    await expect(lead.getByRole('dialog')).toHaveCount(0)
  }
  await expect(helena.getByText('Both sides approved version 2')).toBeVisible()

  await tom.reload()
  await expect(tom.getByText('Approved texts do not change')).toBeVisible()
  await expect(editorOf(tom)).toHaveAttribute('contenteditable', 'false')
  await tom.getByRole('button', { name: 'Publish' }).click()
  const question = tom.getByRole('dialog', { name: 'Publish version 2?' })
  await expect(question.getByText('What five minutes cost')).toBeVisible()
  await question.getByRole('button', { name: 'Publish' }).click()
  await expect(tom.getByRole('link', { name: 'In the library' })).toBeVisible()

  await tom.getByRole('tab', { name: 'Versions' }).click()
  await expect(tom.locator('ins')).toContainText('Five minutes are long')
})

test('a reload loses nothing that was typed', async ({ open }) => {
  const tom = await open('marketer')
  const id = await plan(tom, { title: 'Reloaded', text: ['First line.'] })
  let isHeld = false
  await tom.routeWebSocket('**/api/v1/live', (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => {
      if (!isHeld) server.send(message)
    })
  })
  await tom.goto(`/drafts/${id}`)
  await saved(tom)
  isHeld = true // nothing arrives, not even what a page says while it is left
  await typeAfter(tom, 'First line', ' Not saved yet.')
  await expect(tom.getByText('Saving…')).toBeVisible()
  await tom.reload()
  await expect(editorOf(tom)).toContainText('First line. Not saved yet.')
  await expect(tom.getByText('Text that was not saved yet is back.')).toBeVisible()
  isHeld = false
  await tom.reload()
  await typeAfter(tom, 'First line', ' Go on.')
  await saved(tom)
  const { doc } = await (await tom.request.get(`/api/v1/drafts/${id}/document`)).json()
  expect(JSON.stringify(doc)).toContain('Not saved yet. Go on.')
})

test('offline it is kept on this device, and saved when the connection is back', async ({ open }) => {
  const tom = await open('marketer')
  const id = await plan(tom, { title: 'Offline', text: ['On the train.'] })
  await tom.goto(`/drafts/${id}`)
  await saved(tom)
  await tom.context().setOffline(true)
  await typeAfter(tom, 'On the train', ' In the tunnel.')
  await expect(tom.getByText('Offline, kept on this device')).toBeVisible()
  await tom.context().setOffline(false)
  await saved(tom)
  const { doc } = await (await tom.request.get(`/api/v1/drafts/${id}/document`)).json()
  expect(JSON.stringify(doc)).toContain('In the tunnel.')
})

test('two tabs of one person write in the same paragraph', async ({ open }) => {
  const tom = await open('marketer')
  const id = await plan(tom, { title: 'Two tabs', text: ['Alpha one.', 'Beta two.'] })
  await tom.goto(`/drafts/${id}`)
  await saved(tom)
  const other = await tom.context().newPage()
  await other.goto(`/drafts/${id}`)
  await saved(other)
  await typeAfter(tom, 'Beta two', ' Mine.')
  await expect(editorOf(other)).toContainText('Beta two. Mine.') // else both type at one place, and the order is anybody's
  await typeAfter(other, 'Beta two', ' Theirs.')
  for (const page of [tom, other]) {
    await expect(editorOf(page)).toContainText('Beta two. Mine. Theirs.')
    await saved(page)
  }
  const { doc } = await (await tom.request.get(`/api/v1/drafts/${id}/document`)).json()
  expect(JSON.stringify(doc)).toContain('Beta two. Mine. Theirs.')
  await expect(tom.getByRole('list', { name: 'Also here' })).toHaveCount(0) // oneself is nobody else
})

test('a PDF goes up with progress over other pages, and is read', async ({ open }) => {
  const tom = await open('marketer')
  const id = await plan(tom, { title: 'With a file', text: ['See the file.'] })
  const pdf = await somePdf(tom)
  await tom.goto(`/drafts/${id}?tab=files`)
  await tom
    .locator('input[type=file]')
    .setInputFiles({ name: 'checklist.pdf', mimeType: 'application/pdf', buffer: pdf })
  await tom.getByRole('link', { name: 'Board', exact: true }).first().click()
  const tray = tom.getByRole('region', { name: 'Uploads' })
  await expect(tray.getByText('checklist.pdf')).toBeVisible()
  await expect(tray.getByText('Ready')).toBeVisible({ timeout: 30_000 })
  await tray.getByRole('link', { name: 'Open' }).click()
  await expect(tom.getByRole('link', { name: 'checklist.pdf', exact: true })).toBeVisible()
  await expect(tom.getByText(/PDF · .* · \d+ pages?/)).toBeVisible()
  await expectAccessible(tom)
  const { items } = await (await tom.request.get(`/api/v1/drafts/${id}/assets`)).json()
  expect(items[0]).toMatchObject({ state: 'ready', size: pdf.length })

  // what it is not is said by name
  await tom
    .locator('input[type=file]')
    .setInputFiles({ name: 'fake.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ not a pdf') })
  await expect(tray.getByRole('alert')).toBeVisible({ timeout: 30_000 })
})

test('an upload goes on after a pause and a reload, with the same file only', async ({ open }) => {
  test.slow() // 17 MiB go through the test's own pipe three times
  const tom = await open('marketer')
  const id = await plan(tom, { title: 'Large file', text: ['See the film.'] })
  await tom.goto(`/drafts/${id}?tab=files`)
  const film = {
    name: 'notes.txt',
    mimeType: 'text/plain',
    buffer: Buffer.alloc(17 * 1024 * 1024, 'A line of text.\n'),
  }
  const puts: string[] = []
  let isHeld = true
  await tom.route(/partNumber=/i, async (route) => {
    const part = new URL(route.request().url()).searchParams.get('partNumber') ?? ''
    if (isHeld && part !== '1') return // never answered
    puts.push(part)
    return route.continue()
  })
  await tom.locator('input[type=file]').setInputFiles(film)
  const tray = tom.getByRole('region', { name: 'Uploads' })
  await expect.poll(() => puts).toEqual(['1'])
  await tray.getByRole('button', { name: 'Pause notes.txt' }).click()
  await expect(tray.getByText(/Paused at/)).toBeVisible()
  const kept = await tom.evaluate(
    () => Object.entries(localStorage).find(([key]) => key.startsWith('byline-uploads'))?.[1],
  )
  const [{ assetId }] = JSON.parse(kept ?? '[{}]')
  await expect
    .poll(async () => (await (await tom.request.get(`/api/v1/assets/${assetId}/upload`)).json()).done)
    .toEqual([1])

  await tom.reload()
  await expect(tray.getByText('Stopped by the reload. Choose the same file and it goes on.')).toBeVisible()
  await expectAccessible(tom)
  isHeld = false
  await tray
    .locator('input[type=file]')
    .setInputFiles({ ...film, buffer: Buffer.alloc(film.buffer.length, 'Another text.\n') })
  await expect(tray.getByText(/That is another file/)).toBeVisible()
  await tray.locator('input[type=file]').setInputFiles(film)
  await expect(tray.getByText('Ready')).toBeVisible({ timeout: 40_000 })
  expect(puts.slice(1).sort()).toEqual(['2', '3', '4']) // of 5 MiB
  const { items } = await (await tom.request.get(`/api/v1/drafts/${id}/assets`)).json()
  expect(items[0]).toMatchObject({ name: 'notes.txt', size: film.buffer.length })
  const file = await tom.request.get(items[0].download_url)
  const sum = (data: Buffer) => createHash('sha256').update(data).digest('hex')
  expect(sum(await file.body())).toBe(sum(film.buffer))
})

test('cards move by menu, by keyboard and by drag; what cannot go says why', async ({ open }) => {
  const tom = await open('marketer')
  const title = `Moves ${Date.now()}`
  await plan(tom, { title, text: ['Something to approve.'], start: false })
  await tom.goto('/drafts?show=mine')
  const column = (name: string) => tom.getByRole('region', { name, exact: true })
  const card = column('Brief').locator('[data-card]', { hasText: title })
  await card.getByRole('button', { name: `Actions for ${title}` }).click()
  await expect(tom.getByRole('menuitem', { name: /Published/ })).toBeDisabled()
  await expect(tom.getByRole('menuitem', { name: /Published/ })).toContainText('It cannot go there in one step')
  await tom.keyboard.press('Escape')

  // at its top: a long column would be scrolled to its middle
  await card.dragTo(column('Writing'), { targetPosition: { x: 60, y: 20 } })
  await expect(column('Writing').getByText(title)).toBeVisible()

  await column('Writing').getByRole('link', { name: title }).focus()
  await tom.keyboard.press('m')
  await tom.getByRole('menuitem', { name: /In review/ }).press('Enter')
  await expect(column('In review').getByText(title)).toBeVisible()

  await tom.getByText('List', { exact: true }).click()
  await expect(tom).toHaveURL(/view=list/)
  await expect(tom.getByRole('link', { name: title })).toBeVisible()
})

test('a contributor from sales writes; others without a right are told', async ({ open }) => {
  const tom = await open('marketer')
  const jonas = await open('rep')
  const me = await (await jonas.request.get('/api/v1/session')).json()
  const made = await tom.request.post('/api/v1/drafts', {
    data: { title: 'With sales', content_type: 'blog_post', brief: {}, contributors: [me.user.id] },
  })
  const { id } = await made.json()
  await jonas.goto(`/drafts/${id}`)
  await editorOf(jonas).click()
  await jonas.keyboard.type('Words from the field.')
  await saved(jonas)
  await jonas.getByRole('tab', { name: 'Brief' }).click()
  await expect(jonas.getByText('The writer and marketing fill in the brief.')).toBeVisible()

  const aoife = await open('rep2')
  await aoife.goto(`/drafts/${id}`)
  await expect(aoife.getByRole('alert').getByText('Not here')).toBeVisible()
})

for (const phone of [false, true]) {
  test(`board and piece are accessible: ${phone ? 'phone' : 'desktop'}`, async ({ open }) => {
    test.slow() // eight pages, looked through one by one in both themes
    const page = await open('marketingLead', { phone })
    for (const path of ['/drafts', '/drafts?view=list', '/drafts?person=none-such']) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expectAccessibleInBothThemes(page)
    }
    const { items } = await (await page.request.get('/api/v1/drafts?state=in_review')).json()
    const versioned = items.find((d: { title: string }) => d.title.startsWith('Checklist'))
    for (const tab of ['', '?tab=brief', '?tab=files', '?tab=versions', '?tab=discussion']) {
      await page.goto(`/drafts/${versioned.id}${tab}`)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expectAccessibleInBothThemes(page)
    }
  })
}

test('on a phone one stage is shown at a time', async ({ open }) => {
  const page = await open('marketer', { phone: true })
  await page.goto('/drafts')
  await page.getByRole('tab', { name: /Writing/ }).click()
  await expect(page).toHaveURL(/stage=writing/)
  await expect(page.locator('[data-card]').first()).toBeVisible()
  await page.locator('[data-card]').first().getByRole('link').click()
  await expect(page.getByRole('button', { name: 'Submit for approval' })).toBeVisible()
  await expect(editorOf(page)).toBeVisible()
})

test('a title without a space to break at does not push the page sideways', async ({ open }) => {
  const tom = await open('marketer')
  const word = 'Longwordwithoutaspace'.repeat(7)
  const filed = await tom.request.post('/api/v1/ideas', { data: { title: word } })
  expect(filed.status(), await filed.text()).toBe(201)
  const { id } = await filed.json()
  const planned = await tom.request.post('/api/v1/drafts', {
    data: { title: word, content_type: 'blog_post', brief: {}, ideas: [id] },
  })
  expect(planned.status(), await planned.text()).toBe(201)
  await tom.goto(`/drafts/${(await planned.json()).id}`)
  await expect(tom.getByRole('link', { name: word })).toBeVisible()
  await expectAccessible(tom)
})
