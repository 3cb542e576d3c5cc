import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectAccessibleInBothThemes, settled, test } from './fixtures'

/** A piece with a text, by a marketer. */
async function plan(page: Page, title: string): Promise<string> {
  const answer = await page.request.post('/api/v1/drafts', { data: { title, content_type: 'blog_post', brief: {} } })
  expect(answer.status(), await answer.text()).toBe(201)
  const { id } = await answer.json()
  const text = (words: string, marks?: object[]) => ({ type: 'text', text: words, ...(marks && { marks }) })
  const content = [
    {
      type: 'paragraph',
      content: [text('Nobody looks at the dock. '), text('Five minutes', [{ type: 'bold' }]), text(' decide there.')],
    },
    { type: 'paragraph', content: [text('The rest is driving.')] },
  ]
  const put = await page.request.put(`/api/v1/drafts/${id}/document`, {
    headers: { 'If-Match': '"1"' },
    data: { doc: { type: 'doc', content } },
  })
  expect(put.status(), await put.text()).toBe(200)
  return id
}

test('somebody outside comments on a sentence from their phone, is answered, and the link is revoked', async ({
  open,
}) => {
  test.slow()
  const tom = await open('marketer')
  const title = `Dock ${Date.now()}`
  const id = await plan(tom, title)
  await tom.goto(`/drafts/${id}`)
  const panel = tom.getByRole('region', { name: 'Outside reviewers' })
  await panel.getByRole('button', { name: 'Make a link' }).click()
  const dialog = tom.getByRole('dialog')
  await dialog.getByLabel('For whom').fill('Dr. Haas')
  await dialog.getByLabel('A word to them').fill('Is the first part right?')
  await settled(tom)
  await expectAccessible(tom)
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  const address = await dialog.getByLabel('Address').inputValue()
  await expect(dialog.getByRole('button', { name: 'Copy' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(panel.getByText('Not opened yet')).toBeVisible()

  const ines = await open(undefined, { phone: true })
  const page = await ines.goto(new URL(address).pathname)
  expect(page?.headers()).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' })
  await expect(ines.getByRole('heading', { name: title })).toBeVisible()
  await expect(ines.getByText('Is the first part right?')).toBeVisible()
  await expect(ines.getByRole('navigation')).toHaveCount(0)
  await expectAccessibleInBothThemes(ines)

  // three words are selected, over a change of the type
  await ines.getByText('Five minutes').selectText()
  await ines.getByRole('button', { name: 'Comment', exact: true }).click()
  await ines.getByLabel('Your name').fill('Ines Haas')
  await ines.getByLabel('Organisation').fill('Haas Logistics')
  await ines.getByLabel('Your comment').fill('We measured seven.')
  await expectAccessible(ines)
  await ines.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(ines.getByRole('listitem').filter({ hasText: 'We measured seven.' }).first()).toBeVisible()
  await expect(ines.locator('mark')).toHaveText('Five minutes')
  // with the keyboard a whole paragraph, and no name is asked for again
  await ines.getByRole('button', { name: 'Comment on this paragraph' }).last().press('Enter')
  await expect(ines.getByLabel('Your name')).toHaveCount(0)
  await ines.getByLabel('Your comment').fill('And waiting.')
  await ines.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(ines.getByText('And waiting.')).toBeVisible()

  // inside they stand among the threads of the text, at once
  await tom.getByRole('button', { name: '2 open comments' }).click()
  await expect(tom.getByText('We measured seven.')).toBeVisible()
  await expect(tom.getByText('Ines Haas, Haas Logistics').first()).toBeVisible()
  await expect(tom.getByText('Outside reviewer', { exact: true }).first()).toBeVisible()
  await tom.getByText('We measured seven.').click()
  await expect(tom.getByText('Whoever has the same link outside reads what you answer here.')).toBeVisible()
  await tom.getByRole('textbox', { name: 'Reply' }).fill('Seven it is.')
  await tom.getByRole('button', { name: 'Reply', exact: true }).click()
  await expect(ines.getByText('Seven it is.')).toBeVisible({ timeout: 20_000 })

  await tom.getByRole('button', { name: 'Close the comments' }).click()
  await tom.reload()
  await expect(panel.getByText('Ines Haas, Haas Logistics')).toBeVisible()
  const revoke = async () => {
    await panel.getByRole('button', { name: 'Actions for the link for Dr. Haas' }).click()
    await tom.getByRole('menuitem', { name: 'Revoke' }).click()
    await expect(panel.getByText('1 link is over')).toBeVisible()
  }
  await revoke()
  await tom.getByRole('button', { name: 'Undo' }).last().click()
  await expect(panel.getByText('1 link is over')).toHaveCount(0)
  await ines.reload()
  await expect(ines.getByText('Seven it is.')).toBeVisible()
  await revoke()
  await expect(ines.getByRole('heading', { name: 'This link is not open' })).toBeVisible({ timeout: 20_000 })
  await ines.reload()
  await expect(ines.getByText('This link was closed.')).toBeVisible()
  await expect(ines.getByText(title)).toHaveCount(0)
  await expectAccessible(ines)
})
