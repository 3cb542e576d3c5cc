import type { Browser, Page } from '@playwright/test'
import { expect, expectAccessibleInBothThemes, signIn, test, type Who } from './fixtures'
import { Server } from './server'

const editorOf = (page: Page) => page.getByRole('textbox', { name: 'Text of the piece' })
const saved = (page: Page) => expect(page.getByText('Saved', { exact: true })).toBeVisible({ timeout: 20_000 })

async function plan(page: Page, title: string, text: string, more: object = {}): Promise<string> {
  const answer = await page.request.post('/api/v1/drafts', {
    data: { title, content_type: 'blog_post', brief: {}, ...more },
  })
  expect(answer.status(), await answer.text()).toBe(201)
  const { id } = await answer.json()
  await page.request.post(`/api/v1/drafts/${id}/moves`, { data: { action: 'start' } })
  const doc = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] }
  const put = await page.request.put(`/api/v1/drafts/${id}/document`, { headers: { 'If-Match': '"1"' }, data: { doc } })
  expect(put.status(), await put.text()).toBe(200)
  return id
}

/** The words of a draft as the server has them. */
async function stored(page: Page, id: string): Promise<string> {
  const { doc } = await (await page.request.get(`/api/v1/drafts/${id}/document`)).json()
  const words = (node: { text?: string; content?: unknown[] }): string =>
    (node.text ?? '') + (node.content ?? []).map((x) => words(x as typeof node)).join('')
  return words(doc)
}

/** Approves the text that was submitted last. */
async function approve(page: Page, id: string): Promise<void> {
  const { items } = await (await page.request.get(`/api/v1/drafts/${id}/versions`)).json()
  const answer = await page.request.post(`/api/v1/drafts/${id}/approvals`, {
    data: { version_id: items[0].id, hash: items[0].hash },
  })
  expect(answer.status(), await answer.text()).toBe(200)
}

async function typeAt(page: Page, key: 'Home' | 'End', words: string): Promise<void> {
  await editorOf(page).locator('p').first().click()
  await page.keyboard.press(key)
  await page.keyboard.type(words, { delay: 15 })
}

async function personOf(browser: Browser, server: Server, who: Who): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url })
  await signIn(context, who)
  return context.newPage()
}

test('two people write in one paragraph, one goes offline and back, and the server is killed in between', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const server = new Server(Number(process.env.BYLINE_E2E_PORT ?? 4300) + 1000, { BYLINE_MEILI_URLS: 'off' })
  await server.start()
  try {
    const tom = await personOf(browser, server, 'marketer')
    const nora = await personOf(browser, server, 'marketer2')
    const id = await plan(tom, 'Written by two', 'middle')
    await tom.goto(`/drafts/${id}`)
    await nora.goto(`/drafts/${id}`)
    await saved(tom)
    await saved(nora)

    await Promise.all([typeAt(tom, 'Home', 'Tom in front. '), typeAt(nora, 'End', ' Nora behind.')])
    const first = 'Tom in front. middle Nora behind.'
    for (const page of [tom, nora]) {
      await expect(editorOf(page).locator('p').first()).toHaveText(first)
      await saved(page)
    }
    expect(await stored(tom, id)).toBe(first)
    await expect(tom.locator('.live-caret')).toHaveAttribute('data-name', 'Nora Pelletier')

    await nora.context().setOffline(true)
    await typeAt(nora, 'End', ' Offline.')
    await expect(nora.getByText('Offline, kept on this device')).toBeVisible()
    await typeAt(tom, 'Home', 'Meanwhile. ')
    await saved(tom)

    await server.kill()
    await typeAt(tom, 'Home', 'While it was dead. ')
    await expect(tom.getByText('Offline, kept on this device')).toBeVisible()
    await server.start()
    await nora.context().setOffline(false)

    const last = 'While it was dead. Meanwhile. Tom in front. middle Nora behind. Offline.'
    for (const page of [tom, nora]) {
      await expect(editorOf(page).locator('p').first()).toHaveText(last, { timeout: 30_000 })
      await saved(page)
    }
    expect(await stored(tom, id)).toBe(last)
    await tom.reload()
    await expect(editorOf(tom).locator('p').first()).toHaveText(last)
    await expect(tom.getByRole('region', { name: 'Text without a place' })).toHaveCount(0)
  } finally {
    await server.stop()
  }
})

test('a tab from before an update says so, keeps its text and goes on after a reload', async ({ open }) => {
  const tom = await open('marketer')
  const id = await plan(tom, `Old tab ${Date.now()}`, 'Start')
  let isOld = false
  let hangUp = async () => {}
  await tom.routeWebSocket(/\/api\/v1\/live/, (ws) => {
    const server = ws.connectToServer()
    ws.onMessage((message) => server.send(isOld ? String(message).replace(/"h":"[^"]*"/, '"h":"of-before"') : message))
    hangUp = () => ws.close({ code: 1001 })
  })
  await tom.goto(`/drafts/${id}`)
  await saved(tom)
  isOld = true // the server that comes back is a newer one
  await tom.context().setOffline(true)
  await hangUp()
  await typeAt(tom, 'End', ' typed before the reload')
  await expect(tom.getByText('Offline, kept on this device')).toBeVisible()
  await tom.context().setOffline(false)
  await expect(tom.getByText('There is a newer version of Byline.')).toBeVisible({ timeout: 30_000 })
  await expect(editorOf(tom)).toContainText('Start typed before the reload')
  expect(await stored(tom, id)).toBe('Start')
  await expectAccessibleInBothThemes(tom)
  isOld = false
  await tom.getByRole('button', { name: 'Reload the page' }).click()
  await expect(editorOf(tom)).toContainText('Start typed before the reload')
  await saved(tom)
  expect(await stored(tom, id)).toBe('Start typed before the reload')
})

test('who comes back after the offline time gets the text as it is, and their own words beside it', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const server = new Server(Number(process.env.BYLINE_E2E_PORT ?? 4300) + 1000, { BYLINE_MEILI_URLS: 'off' })
  await server.start()
  try {
    const tom = await personOf(browser, server, 'marketer')
    const nora = await personOf(browser, server, 'marketer2')
    const marta = await personOf(browser, server, 'salesLead')
    const helena = await personOf(browser, server, 'marketingLead')
    const id = await plan(tom, 'Back after weeks', 'Then')
    await tom.goto(`/drafts/${id}`)
    await nora.goto(`/drafts/${id}`)
    await saved(tom)
    await saved(nora)
    await nora.context().setOffline(true)
    await typeAt(nora, 'End', ' typed on the train')
    await expect(nora.getByText('Offline, kept on this device')).toBeVisible()
    await nora.close()

    await typeAt(tom, 'Home', 'Now and ')
    await saved(tom)
    // approval and reopening keep copies of the text, below which changes are packed
    const move = async (page: Page, action: string) => {
      const answer = await page.request.post(`/api/v1/drafts/${id}/moves`, { data: { action } })
      expect(answer.status(), await answer.text()).toBe(200)
    }
    await move(tom, 'submit')
    await approve(marta, id)
    await approve(helena, id)
    await move(tom, 'reopen')
    await tom.close()
    await server.kill()
    await server.start({ BYLINE_LIVE_HISTORY: '1s' })

    await expect.poll(() => server.log, { timeout: 60_000 }).toContain(`packed the history of a draft" draft=${id}`)
    await nora.context().setOffline(false)
    const back = await nora.context().newPage()
    await back.goto(`/drafts/${id}`)
    await expect(editorOf(back)).toHaveText('Now and Then', { timeout: 30_000 })
    const tray = back.getByRole('region', { name: 'Text without a place' })
    await expect(tray).toContainText('typed on the train', { timeout: 20_000 })
    await editorOf(back).click()
    await back.keyboard.press('End')
    await back.keyboard.type(' ')
    await tray.getByRole('button', { name: 'Insert at the caret' }).click()
    await expect(editorOf(back)).toContainText('Now and Then typed on the train')
    await saved(back)
    expect(await stored(back, id)).toBe('Now and Then typed on the train')
  } finally {
    await server.stop()
  }
})

test('undo is one’s own, and others are shown by name', async ({ open }) => {
  const tom = await open('marketer')
  const nora = await open('marketer2')
  const id = await plan(tom, `Undo ${Date.now()}`, 'Start')
  await tom.goto(`/drafts/${id}`)
  await nora.goto(`/drafts/${id}`)
  await saved(tom)
  await saved(nora)
  await typeAt(tom, 'End', ' mine')
  await expect(editorOf(nora)).toContainText('Start mine')
  await typeAt(nora, 'End', ' theirs')
  await expect(editorOf(tom)).toContainText('Start mine theirs')
  await tom.keyboard.press('Control+z')
  await expect(editorOf(nora)).toContainText('Start theirs')
  await expect(
    tom.getByRole('list', { name: 'Also here' }).getByRole('img', { name: 'Nora Pelletier is here' }),
  ).toBeVisible()
  await expectAccessibleInBothThemes(tom)
})

test('who may only read sees it live and cannot write; who is taken off is cut off', async ({ open }) => {
  const tom = await open('marketer')
  const marta = await open('salesLead')
  const jonas = await open('rep')
  const me = (await (await jonas.request.get('/api/v1/session')).json()).user
  const id = await plan(tom, `Readers ${Date.now()}`, 'Start', { contributors: [me.id] })
  await tom.goto(`/drafts/${id}`)
  await marta.goto(`/drafts/${id}`)
  await jonas.goto(`/drafts/${id}`)
  await saved(jonas)
  await expect(editorOf(marta)).toHaveAttribute('contenteditable', 'false')
  await expect(marta.getByText('You see changes live')).toBeVisible()
  await typeAt(tom, 'End', ' and go on')
  await expect(editorOf(marta)).toContainText('Start and go on')
  await expect(editorOf(jonas)).toContainText('Start and go on')

  const draft = await (await tom.request.get(`/api/v1/drafts/${id}`)).json()
  const off = await tom.request.put(`/api/v1/drafts/${id}`, {
    headers: { 'If-Match': `"${draft.rev}"` },
    data: { title: draft.title, content_type: draft.content_type, brief: {}, contributors: [] },
  })
  expect(off.status(), await off.text()).toBe(200)
  await expect(jonas.getByText('You may not open this text any more.')).toBeVisible()
  await typeAt(tom, 'End', ' without him')
  await saved(tom)
  await expect(editorOf(jonas).getByText('without him')).toHaveCount(0)
})

test('a tab that is closed before anything was stored loses nothing', async ({ open }) => {
  const tom = await open('marketer')
  const id = await plan(tom, `Closed ${Date.now()}`, 'Start')
  await tom.goto(`/drafts/${id}`)
  await saved(tom)
  await tom.context().setOffline(true)
  await typeAt(tom, 'End', ' not stored yet')
  await expect(tom.getByText('Offline, kept on this device')).toBeVisible()
  const context = tom.context()
  await tom.close()
  await context.setOffline(false)
  const again = await context.newPage()
  await again.goto(`/drafts/${id}`)
  await expect(editorOf(again)).toContainText('Start not stored yet')
  await expect(again.getByText('Text that was not saved yet is back.')).toBeVisible()
  await saved(again)
  expect(await stored(again, id)).toBe('Start not stored yet')
})

test('what lost its place is in the tray: copied, inserted, or let go with undo', async ({ open }) => {
  const tom = await open('marketer')
  const nora = await open('marketer2')
  const id = await plan(tom, `Tray ${Date.now()}`, 'Start')
  await tom.goto(`/drafts/${id}`)
  await nora.goto(`/drafts/${id}`)
  await saved(tom)
  await saved(nora)
  await typeAt(tom, 'End', ' here')
  await tom.keyboard.press('Enter')
  await tom.keyboard.type('Second')
  await saved(tom)
  await expect(editorOf(nora)).toContainText('Second')

  await nora.context().setOffline(true)
  await editorOf(nora).getByText('Second').click()
  await nora.keyboard.press('End')
  await nora.keyboard.type(' line of mine')
  await editorOf(tom).click()
  await tom.keyboard.press('Control+a')
  await tom.keyboard.type('All new')
  await saved(tom)
  await nora.context().setOffline(false)
  const tray = nora.getByRole('region', { name: 'Text without a place' })
  await expect(tray).toContainText('line of mine', { timeout: 20_000 })
  await expect(editorOf(nora)).toContainText('All new')
  await expectAccessibleInBothThemes(nora)
  await tray.getByRole('button', { name: 'Discard' }).click()
  await expect(tray).toHaveCount(0)
  await nora.getByRole('button', { name: 'Undo' }).last().click()
  await nora.reload()
  await expect(tray).toContainText('line of mine')
  await editorOf(nora).click()
  await nora.keyboard.press('End')
  await tray.getByRole('button', { name: 'Insert at the caret' }).click()
  await expect(editorOf(tom)).toContainText('line of mine')
  await expect(tray).toHaveCount(0)
})

test('the first change in review takes approvals back, and what is approved freezes under everybody’s hands', async ({
  open,
}) => {
  const tom = await open('marketer')
  const marta = await open('salesLead')
  const helena = await open('marketingLead')
  const id = await plan(tom, `Frozen ${Date.now()}`, 'Start')
  await tom.request.post(`/api/v1/drafts/${id}/moves`, { data: { action: 'submit' } })
  await tom.goto(`/drafts/${id}`)
  await saved(tom)
  await approve(marta, id)
  await approve(helena, id)
  await expect(tom.getByText('Approved texts do not change')).toBeVisible()
  await expect(editorOf(tom)).toHaveAttribute('contenteditable', 'false')
  await tom.getByRole('button', { name: 'Reopen' }).click()
  await tom.getByRole('dialog').getByRole('button').last().click()
  await expect(editorOf(tom)).toHaveAttribute('contenteditable', 'true')
  await typeAt(tom, 'End', ' again')
  await saved(tom)
})
