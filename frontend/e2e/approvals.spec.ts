import type { APIResponse, Page } from '@playwright/test'
import { expect, expectAccessibleInBothThemes, settled, test } from './fixtures'

const paragraph = (words: string) => ({ type: 'paragraph', content: [{ type: 'text', text: words }] })
const ok = async (answer: APIResponse) => expect(answer.status(), await answer.text()).toBeLessThan(300)

async function idOf(page: Page): Promise<string> {
  const { user } = await (await page.request.get('/api/v1/session')).json()
  return user.id
}

/** Replaces the text of a draft, as whoever is signed in. */
async function write(page: Page, id: string, ...words: string[]): Promise<void> {
  const { version } = await (await page.request.get(`/api/v1/drafts/${id}/document`)).json()
  await ok(
    await page.request.put(`/api/v1/drafts/${id}/document`, {
      headers: { 'If-Match': `"${version}"` },
      data: { doc: { type: 'doc', content: words.map(paragraph) } },
    }),
  )
}

async function move(page: Page, id: string, action: string): Promise<void> {
  await ok(await page.request.post(`/api/v1/drafts/${id}/moves`, { data: { action } }))
}

/** A piece of the signed-in marketer that is submitted. */
async function submitted(page: Page, title: string, content_type: string, ...words: string[]): Promise<string> {
  const answer = await page.request.post('/api/v1/drafts', { data: { title, content_type, brief: {} } })
  await ok(answer)
  const { id } = await answer.json()
  await move(page, id, 'start')
  await write(page, id, ...words)
  await move(page, id, 'submit')
  return id
}

async function approve(page: Page, number: number): Promise<void> {
  await page.getByRole('button', { name: `Approve version ${number}` }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Approve version ${number}` })
    .click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

test('whoever comes back sees what others changed; an edit makes the first yes void; two texts side by side', async ({
  open,
}) => {
  test.slow()
  const tom = await open('marketer')
  const id = await submitted(
    tom,
    'What an hour at the dock costs',
    'blog_post',
    'Nobody looks at the dock.',
    'It is cold.',
  )
  const marta = await open('salesLead')
  await marta.goto(`/drafts/${id}`)
  await expect(marta.getByText(/Waiting for Marta Lindqvist, asked/)).toBeVisible()
  await settled(marta)
  await approve(marta, 1)
  await marta.goto('/drafts')

  await write(tom, id, 'Nobody looks at the loading dock.', 'It is cold.', 'One hour costs a batch.')
  await marta.goto(`/drafts/${id}`)
  const news = marta.getByRole('region', { name: 'What changed' })
  await expect(news).toContainText(/Changed since you looked on .* by Tom/)
  await expect(marta.getByText(/Void: The text was changed/)).toBeVisible()
  await expect(marta.getByRole('button', { name: 'Approve version 1' })).toHaveCount(0)
  await news.getByRole('button', { name: 'View changes' }).click()
  await expect(marta.locator('ins').filter({ hasText: 'loading' })).toHaveAttribute('title', /added by Tom/)
  await expect(marta.locator('ins').filter({ hasText: 'One hour costs a batch.' })).toBeVisible()
  await marta.getByText('Side by side', { exact: true }).click()
  await expect(marta.getByText(/^Seen by you on/)).toBeVisible()
  await expectAccessibleInBothThemes(marta)
  await marta.getByRole('tab', { name: 'Text' }).click()
  await expect(news.getByText(/Changed since you looked/)).toHaveCount(0)

  const phone = await open('marketer', { phone: true })
  await phone.goto(`/drafts/${id}?tab=versions&version=now&sides=true`)
  await expect(phone.locator('ins').filter({ hasText: 'loading' })).toBeVisible()
  await expectAccessibleInBothThemes(phone)
})

test('a version gets a name afterwards, and is brought back as a new one', async ({ open }) => {
  const tom = await open('marketer')
  const id = await submitted(tom, 'Alarms nobody reads', 'blog_post', 'Alarms are read.')
  await write(tom, id, 'Alarms are not read.')
  await tom.goto(`/drafts/${id}?tab=versions`)
  await tom.getByRole('button', { name: 'Give it a name' }).click()
  await tom.getByRole('dialog').getByLabel('Name').fill('Before the fair')
  await tom.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(tom.getByRole('button', { name: /Before the fair/ })).toBeVisible()
  await tom.getByRole('button', { name: 'Bring this text back' }).click()
  await expect(tom.getByText('The text of version 1 is back')).toBeVisible()
  await expect(tom.getByRole('button', { name: /Version 2.*Kept by itself/ })).toBeVisible()
  await expect(tom.getByRole('button', { name: /Version 3.*Restored from version 1/ })).toBeVisible()
  await tom.getByText('Named and milestones', { exact: true }).click()
  await expect(tom.getByRole('button', { name: /Version 2/ })).toHaveCount(0)
  await expect(tom.getByRole('button', { name: /Before the fair/ })).toBeVisible()
})

test('two of three named people approve what is of a type that says so', async ({ open }) => {
  const helena = await open('marketingLead')
  const [jonas, aoife] = [await open('rep'), await open('rep2')]
  const approver_ids = await Promise.all([jonas, aoife, helena].map(idOf))
  const { items } = await (await helena.request.get('/api/v1/content-types')).json()
  const { key: _, archived: __, rev: ___, updated_at: ____, ...kept } = items[0]
  const key = `note_${Date.now()}`
  const data = { ...kept, key, name: 'Competitor note', approval_mode: 'n_of_m', approvals_needed: 2, approver_ids }
  await ok(await helena.request.post('/api/v1/content-types', { data }))
  const tom = await open('marketer')
  const id = await submitted(tom, 'When they name the cheaper probe', key, 'Ask who calibrates it.')
  await aoife.goto(`/drafts/${id}`)
  await expect(aoife.getByText('Waits for 2 more approvals')).toBeVisible()
  await approve(aoife, 1)
  await expect(aoife.getByText('1 of 2 approvals')).toBeVisible()
  const marta = await open('salesLead') // a lead, and not asked
  await marta.goto(`/drafts/${id}`)
  await expect(marta.getByText('Waits for 1 more approval')).toBeVisible()
  await expect(marta.getByRole('button', { name: 'Approve version 1' })).toHaveCount(0)
  await jonas.goto(`/drafts/${id}`)
  await approve(jonas, 1)
  await expect(jonas.getByText('It has all 2 approvals. Marketing publishes it.')).toBeVisible()
  const { rev } = (await (await helena.request.get('/api/v1/content-types')).json()).items.find(
    (type: { key: string }) => type.key === key,
  )
  await ok(
    await helena.request.post(`/api/v1/content-types/${key}/archive`, {
      headers: { 'If-Match': `"${rev}"` },
      data: { archived: true },
    }),
  )
})

test('a colleague approves for who is away, and it is recorded as that', async ({ open }) => {
  const marta = await open('salesLead')
  await marta.goto('/settings')
  await marta.getByRole('button', { name: 'Add days away' }).click()
  const dialog = marta.getByRole('dialog', { name: 'When are you away?' })
  await dialog.getByLabel('Who approves for you').fill('Aoife')
  await marta.getByRole('option', { name: /Aoife/ }).click()
  await dialog.getByLabel('Note').fill('Fishing')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(marta.getByText(/Aoife .* approves for you/)).toBeVisible()
  await expectAccessibleInBothThemes(marta)
  try {
    const tom = await open('marketer')
    const id = await submitted(tom, 'Who reads the chart', 'blog_post', 'Somebody should.')
    await tom.goto(`/drafts/${id}`)
    await expect(
      tom.getByText(/Waiting for Marta Lindqvist, asked .* away until .* Aoife .* approves meanwhile/),
    ).toBeVisible()
    const aoife = await open('rep2')
    await aoife.goto('/drafts?show=waiting')
    await aoife.getByRole('link', { name: 'Who reads the chart' }).click()
    await aoife.getByRole('button', { name: 'Approve version 1' }).click()
    await expect(aoife.getByRole('dialog')).toContainText('You approve for Marta Lindqvist')
    await aoife.getByRole('dialog').getByRole('button', { name: 'Approve version 1' }).click()
    await expect(aoife.getByRole('dialog')).toHaveCount(0)
    await tom.reload()
    await expect(tom.getByText(/Aoife .* approved version 1.*for Marta Lindqvist, who is away/)).toBeVisible()
  } finally {
    await marta.goto('/settings')
    await marta.getByRole('list', { name: 'Days away' }).getByRole('button', { name: 'Remove' }).click()
    await expect(marta.getByText('Days away removed.')).toBeVisible()
  }
})
