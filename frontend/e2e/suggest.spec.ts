import type { Page } from '@playwright/test'
import { expect, expectAccessibleInBothThemes, test } from './fixtures'

const editorOf = (page: Page) => page.getByRole('textbox', { name: 'Text of the piece' })
const saved = (page: Page) => expect(page.getByText('Saved', { exact: true })).toBeVisible()

async function idOf(page: Page): Promise<string> {
  const { user } = await (await page.request.get('/api/v1/session')).json()
  return user.id
}

/** A piece that somebody of sales contributes to. */
async function plan(writer: Page, contributor: Page): Promise<{ id: string; rep: string }> {
  const rep = await idOf(contributor)
  const answer = await writer.request.post('/api/v1/drafts', {
    data: { title: `Dock ${Date.now()}`, content_type: 'blog_post', brief: {}, contributors: [rep] },
  })
  expect(answer.status(), await answer.text()).toBe(201)
  const { id } = await answer.json()
  await writer.request.post(`/api/v1/drafts/${id}/moves`, { data: { action: 'start' } })
  const text = (words: string) => ({ type: 'paragraph', content: [{ type: 'text', text: words }] })
  const put = await writer.request.put(`/api/v1/drafts/${id}/document`, {
    headers: { 'If-Match': '"1"' },
    data: { doc: { type: 'doc', content: [text('Nobody looks at the dock.'), text('Five minutes decide.')] } },
  })
  expect(put.status(), await put.text()).toBe(200)
  return { id, rep }
}

test('a rep suggests, the marketer sees it come, accepts one and rejects another', async ({ open }) => {
  test.slow()
  const tom = await open('marketer')
  const jonas = await open('rep')
  const { id } = await plan(tom, jonas)
  await Promise.all([tom.goto(`/drafts/${id}`), jonas.goto(`/drafts/${id}`)])
  await expect(jonas.getByText('What you write here is a suggestion.')).toBeVisible()
  await expect(jonas.getByRole('toolbar', { name: 'Formatting' })).toHaveCount(0)

  await editorOf(jonas).getByText('Nobody looks').click()
  await jonas.keyboard.press('End')
  await jonas.keyboard.type(' Nor at the gate.')
  await expect(editorOf(tom).locator('ins')).toHaveText(' Nor at the gate.')
  await editorOf(jonas).getByText('Five minutes decide.').click()
  await jonas.keyboard.press('End')
  for (let i = 0; i < 'decide.'.length; i++) await jonas.keyboard.press('Backspace')
  await expect(editorOf(tom).locator('del')).toHaveText('decide.')
  await expect(editorOf(jonas)).toContainText('Five minutes decide.')
  await saved(jonas)
  await jonas.keyboard.press('Shift+Home')
  await expect(async () => {
    await jonas.keyboard.press('Control+b') // the editor hears of a selection a moment after the browser
    await expect(jonas.getByText(/Only words can be suggested/)).toBeVisible({ timeout: 1000 })
  }).toPass()

  await tom.setViewportSize({ width: 390, height: 844 })
  for (const target of [
    tom.locator('label').filter({ hasText: 'Suggesting' }),
    tom.getByRole('button', { name: '2 suggestions' }),
  ])
    expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(43)
  await tom.setViewportSize({ width: 1280, height: 800 })
  await tom.getByRole('button', { name: '2 suggestions' }).click()
  const list = tom.getByRole('dialog')
  await expect(list.getByText('Jonas').first()).toBeVisible()
  await expectAccessibleInBothThemes(tom)
  await list.getByRole('button', { name: 'Accept “Nor at the gate.”' }).click()
  await list.getByRole('button', { name: 'Reject “decide.”' }).click()
  await expect(editorOf(jonas).locator('ins, del')).toHaveCount(0)
  await expect(editorOf(jonas)).toContainText('Nobody looks at the dock. Nor at the gate.')
  await expect(editorOf(jonas)).toContainText('Five minutes decide.')
})

test('a text with suggestions asks before it is submitted', async ({ open }) => {
  test.slow()
  const tom = await open('marketer')
  const jonas = await open('rep')
  const { id } = await plan(tom, jonas)
  await jonas.goto(`/drafts/${id}`)
  await editorOf(jonas).getByText('Five minutes decide.').click()
  await jonas.keyboard.press('End')
  await jonas.keyboard.type(' Or six.')
  await saved(jonas)
  const refused = await tom.request.post(`/api/v1/drafts/${id}/moves`, { data: { action: 'submit' } })
  expect(refused.status()).toBe(409)
  await tom.goto(`/drafts/${id}`)
  await tom.getByRole('button', { name: 'Submit for approval' }).click()
  const dialog = tom.getByRole('dialog', { name: 'There is an open suggestion' })
  await dialog.getByRole('button', { name: 'Accept all and submit' }).click()
  await expect(tom.getByText('Waits for Sales and Marketing')).toBeVisible()
  await expect(editorOf(tom)).toContainText('Five minutes decide. Or six.')
  await expect(editorOf(tom).locator('ins')).toHaveCount(0)
})

test('who suggests cannot edit with another client either, until the writer lets them', async ({ open }) => {
  test.slow()
  const tom = await open('marketer')
  const jonas = await open('rep')
  const { id, rep } = await plan(tom, jonas)
  const path = `/api/v1/drafts/${id}/document`
  const tamper = async () => {
    const { doc, version } = await (await jonas.request.get(path)).json()
    doc.content[0].content[0].text = 'Something else.'
    return (await jonas.request.put(path, { headers: { 'If-Match': `"${version}"` }, data: { doc } })).status()
  }
  expect(await tamper()).toBe(403)
  const own = await jonas.request.put(`/api/v1/drafts/${id}/contributors/${rep}`, { data: { edits: true } })
  expect(own.status()).toBe(403)

  await jonas.goto(`/drafts/${id}`)
  await expect(jonas.getByText('What you write here is a suggestion.')).toBeVisible()
  await tom.goto(`/drafts/${id}`)
  await tom.getByRole('switch', { name: /edits the text itself/ }).click({ force: true })
  await expect(jonas.getByRole('toolbar', { name: 'Formatting' })).toBeVisible()
  await editorOf(jonas).getByText('Five minutes decide.').click()
  await jonas.keyboard.press('End')
  await jonas.keyboard.type(' Yes.')
  await expect(editorOf(tom)).toContainText('Five minutes decide. Yes.')
  await expect(editorOf(tom).locator('ins')).toHaveCount(0)
  expect(await tamper()).toBe(200)
})
