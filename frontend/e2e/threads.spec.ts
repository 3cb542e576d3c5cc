import type { Page } from '@playwright/test'
import { expect, expectAccessibleInBothThemes, settled, test } from './fixtures'

const editorOf = (page: Page) => page.getByRole('textbox', { name: 'Text of the piece' })
const panelOf = (page: Page) => page.getByRole('complementary', { name: 'Comments in the text' })
const marksOf = (page: Page) => editorOf(page).locator('.thread-mark')
/** The words that are commented on, whole: the caret of somebody else within them draws them in two pieces. */
const expectMarked = (page: Page, words: string) =>
  expect.poll(async () => (await marksOf(page).allTextContents()).join('')).toBe(words)
const saved = (page: Page) => expect(page.getByText('Saved', { exact: true })).toBeVisible()
const cardOf = (page: Page, quote: string) => page.getByRole('listitem', { name: `Comment on “${quote}”` })

async function idOf(page: Page): Promise<string> {
  return (await (await page.request.get('/api/v1/session')).json()).user.id
}

/** A piece with a text, and somebody of sales who contributes. */
async function plan(writer: Page, contributor?: Page): Promise<string> {
  const contributors = contributor ? [await idOf(contributor)] : []
  const answer = await writer.request.post('/api/v1/drafts', {
    data: { title: `Anchors ${Date.now()}`, content_type: 'blog_post', brief: {}, contributors },
  })
  expect(answer.status(), await answer.text()).toBe(201)
  const { id } = await answer.json()
  await writer.request.post(`/api/v1/drafts/${id}/moves`, { data: { action: 'start' } })
  const text = (words: string) => ({ type: 'paragraph', content: [{ type: 'text', text: words }] })
  const content = [text('Nobody looks at the dock.'), text('Passports ship in March.'), text('Five minutes decide.')]
  const put = await writer.request.put(`/api/v1/drafts/${id}/document`, {
    headers: { 'If-Match': '"1"' },
    data: { doc: { type: 'doc', content } },
  })
  expect(put.status(), await put.text()).toBe(200)
  return id
}

/** Selects words of one paragraph, as a mouse would. */
async function select(page: Page, words: string): Promise<void> {
  await editorOf(page).evaluate((root, text) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    const all: Text[] = []
    while (walker.nextNode()) all.push(walker.currentNode as Text)
    const joined = all.map((n) => n.data).join('')
    const at = joined.indexOf(text)
    const place = (pos: number, isEnd: boolean): [Node, number] => {
      let left = pos
      for (const n of all) {
        if (left < n.length || (isEnd && left === n.length)) return [n, left]
        left -= n.length
      }
      throw new Error(`no "${text}" in the text`)
    }
    ;(root as HTMLElement).focus()
    document.getSelection()?.setBaseAndExtent(...place(at, false), ...place(at + text.length, true))
  }, words)
}

/** Starts a thread without the screen. */
async function comment(page: Page, id: string, from: number, to: number, body: string): Promise<string> {
  const { version } = await (await page.request.get(`/api/v1/drafts/${id}/document`)).json()
  const answer = await page.request.post(`/api/v1/drafts/${id}/threads`, {
    data: { anchor: { from, to, version }, quote: '', body },
  })
  expect(answer.status(), await answer.text()).toBe(201)
  return (await answer.json()).id
}

test('a comment is begun on words, others see it live and answer, and it stays with its words', async ({ open }) => {
  test.slow()
  const tom = await open('marketer')
  const jonas = await open('rep')
  const id = await plan(tom, jonas)
  await Promise.all([tom.goto(`/drafts/${id}`), jonas.goto(`/drafts/${id}`)])
  await saved(tom)
  await saved(jonas)

  // an empty panel says how to begin
  await tom.getByRole('button', { name: /^Comments in the text, No open/ }).click()
  await expect(panelOf(tom).getByText('Select words in the text and press Comment')).toBeVisible()
  await select(tom, 'ship in March')
  await tom.getByRole('button', { name: 'Comment', exact: true }).click()
  const box = tom.getByRole('textbox', { name: 'New comment' })
  await expect(box).toBeFocused()
  await box.fill('April, says the plant.')
  // what is not sent outlives the page
  await tom.reload()
  await expect(box).toHaveValue('April, says the plant.')
  await expectMarked(tom, 'ship in March')
  await box.press('Control+Enter')
  const card = cardOf(tom, 'ship in March')
  await expect(card).toContainText('April, says the plant.')
  await expect(box).toHaveCount(0)
  await expect(tom).toHaveURL(/thread=/)

  // the other one sees it come, and answers; who only suggests may comment
  await expectMarked(jonas, 'ship in March')
  await expect(jonas.getByRole('tab', { name: /^Text ?1/ })).toBeVisible()
  await marksOf(jonas).click()
  const theirs = cardOf(jonas, 'ship in March')
  await theirs.getByRole('textbox', { name: 'Reply' }).fill('I ask them.')
  await theirs.getByRole('button', { name: 'Reply' }).click()
  await expect(card).toContainText('I ask them.')
  await settled(tom)
  await expectAccessibleInBothThemes(tom)

  // what is written before it moves it; in the middle it belongs to it
  await editorOf(tom).getByText('Nobody looks').click()
  await tom.keyboard.press('Home')
  await tom.keyboard.type('First of all: ')
  await expect(editorOf(jonas)).toContainText('First of all: Nobody')
  await expectMarked(jonas, 'ship in March')
  await expectMarked(tom, 'ship in March')

  // its words go, and come back with Undo
  await select(tom, 'ship in March')
  await tom.keyboard.press('Delete')
  for (const page of [tom, jonas]) {
    await expect(marksOf(page)).toHaveCount(0)
    await expect(panelOf(page).getByText('The text is gone')).toBeVisible()
  }
  await tom.keyboard.press('Control+z')
  for (const page of [tom, jonas]) {
    await expectMarked(page, 'ship in March')
    await expect(panelOf(page).getByText('The text is gone')).toHaveCount(0)
  }

  // resolved, taken back, resolved and found again, answered: open
  await card.getByRole('button', { name: 'Resolve' }).click()
  await expect(marksOf(jonas)).toHaveCount(0)
  await tom.getByRole('button', { name: 'Undo' }).last().click()
  await expectMarked(jonas, 'ship in March')
  await card.getByRole('button', { name: 'Resolve' }).click()
  await expect(panelOf(tom).getByText('Nobody has commented on the text')).toBeVisible()
  // whoever looks at it sees it go there
  await expect(theirs).toContainText('Resolved by Tom')
  await theirs.getByRole('textbox', { name: 'Reply' }).fill('Not yet.')
  await theirs.getByRole('textbox', { name: 'Reply' }).press('Control+Enter')
  await expectMarked(tom, 'ship in March')
})

test('who may only read comments by keyboard, walks through threads, and is told of an answer', async ({ open }) => {
  test.slow()
  const tom = await open('marketer')
  const marta = await open('salesLead')
  const id = await plan(tom)
  const first = await comment(tom, id, 1, 13, 'Everybody at our plants does.')
  await marta.goto(`/drafts/${id}`)
  await expectMarked(marta, 'Nobody looks')
  await expect(editorOf(marta)).toHaveAttribute('contenteditable', 'false')

  // Shift and an arrow select one block after the other
  await editorOf(marta).focus()
  for (let i = 0; i < 3; i++) await marta.keyboard.press('Shift+ArrowDown')
  const box = marta.getByRole('textbox', { name: 'New comment' })
  await expect(async () => {
    await marta.keyboard.press('Control+Alt+m') // the tools of comments load after the text
    await expect(box).toBeFocused({ timeout: 1000 })
  }).toPass()
  await marta.keyboard.type('Says who?')
  await marta.keyboard.press('Control+Enter')
  await expect(cardOf(marta, 'Five minutes decide.')).toBeFocused()
  await marta.keyboard.press('Escape')
  await expect(editorOf(marta)).toBeFocused()
  await marta.keyboard.press('j')
  await expect(cardOf(marta, 'Nobody looks')).toBeFocused()
  await marta.keyboard.press('j')
  await expect(cardOf(marta, 'Five minutes decide.')).toBeFocused()
  await marta.keyboard.press('k')
  await expect(marta).toHaveURL(new RegExp(`thread=${first}`))
  // it is not hers to resolve, her own is
  await expect(cardOf(marta, 'Nobody looks').getByRole('button', { name: 'Resolve' })).toHaveCount(0)
  await expect(cardOf(marta, 'Five minutes decide.').getByRole('button', { name: 'Resolve' })).toBeVisible()
  await marta.keyboard.press('Shift+?')
  await expect(marta.getByRole('dialog').getByText('Comment on the selected words')).toBeVisible()
  await marta.keyboard.press('Escape')

  // a comment of one's own goes and comes back
  const own = cardOf(marta, 'Five minutes decide.')
  await own.getByRole('button', { name: 'Actions for your comment' }).click()
  await marta.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(own).toHaveCount(0)
  await marta.getByRole('button', { name: 'Undo' }).last().click()
  await expect(own).toBeVisible()

  // the answer is in her inbox and leads to the thread, from another tab of the piece too
  await tom.goto(`/drafts/${id}?tab=brief`)
  await tom.getByRole('tab', { name: /^Text ?2/ }).click()
  await marksOf(tom).last().click()
  await cardOf(tom, 'Five minutes decide.').getByRole('textbox', { name: 'Reply' }).fill('The plant does.')
  await tom.keyboard.press('Control+Enter')
  await expect(own).toContainText('The plant does.')
  await expect(async () => {
    await marta.goto('/notifications')
    await marta.getByRole('link', { name: 'The plant does.' }).first().click({ timeout: 2000 })
  }).toPass()
  await expect(own).toHaveAttribute('data-active')
  await expect(marksOf(marta).last()).toHaveAttribute('data-active')
})

test('on a phone comments are a sheet, and a frozen text is commented on too', async ({ open }) => {
  test.slow()
  const tom = await open('marketer', { phone: true })
  const id = await plan(tom)
  await comment(tom, id, 1, 13, 'Everybody at our plants does.')
  await tom.goto(`/drafts/${id}`)
  await saved(tom)
  await marksOf(tom).click()
  const sheet = tom.getByRole('dialog', { name: 'Comments in the text' })
  await expect(sheet).toContainText('Everybody at our plants does.')
  await expectAccessibleInBothThemes(tom)
  await sheet.getByRole('button', { name: 'Close' }).click()
  await expect(sheet).toHaveCount(0)

  const archived = await tom.request.post(`/api/v1/drafts/${id}/moves`, { data: { action: 'archive' } })
  expect(archived.status(), await archived.text()).toBe(200)
  await expect(editorOf(tom)).toHaveAttribute('contenteditable', 'false')
  await select(tom, 'ship in March')
  await tom.getByRole('button', { name: 'Comment', exact: true }).click()
  await sheet.getByRole('textbox', { name: 'New comment' }).fill('For the next one.')
  await sheet.getByRole('button', { name: 'Comment', exact: true }).click()
  await expect(marksOf(tom)).toHaveText(['Nobody looks', 'ship in March'])
})
