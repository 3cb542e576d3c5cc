import type { Locator } from '@playwright/test'
import { expect, expectAccessibleInBothThemes, test } from './fixtures'

test('a rep finds posts to seal, what became of their ideas, and honest numbers', async ({ open }) => {
  const jonas = await open('rep')
  await jonas.goto('/')
  await expect(
    jonas.getByRole('heading', { name: /^Good (morning|afternoon|evening), Jonas$/, level: 1 }),
  ).toBeVisible()
  await expect(jonas.getByText('Post for you to seal').first()).toBeVisible()
  await expect(jonas.getByRole('heading', { name: 'What became of your ideas' })).toBeVisible()
  await expect(jonas.getByText(/people clicked your posts/)).toBeVisible()
  await expect(jonas.getByText(/are not counted/)).toBeVisible()
  await expect(jonas.getByText('No answer yet')).toHaveCount(0)
  await jonas.getByRole('button', { name: 'What did a buyer ask you today?' }).click()
  await expect(jonas.getByRole('dialog', { name: 'New idea' })).toBeVisible()
})

test('home recommends what one has not read, and says why; what was read is recommended no more', async ({ open }) => {
  const aoife = await open('rep2')
  await aoife.goto('/')
  const forYou = aoife
    .locator('section')
    .filter({ has: aoife.getByRole('heading', { name: 'For you', exact: true }) })
    .getByRole('listitem')
  const why = (within: Locator) => within.getByTitle('Why it is here')
  await expect(why(forYou.first())).not.toBeEmpty()
  const title = await forYou.first().getByRole('link').innerText()
  await expectAccessibleInBothThemes(aoife)
  await forYou.first().getByRole('link').click()
  await expect(aoife.getByRole('heading', { name: title, level: 1 })).toBeVisible()
  const related = aoife
    .locator('section')
    .filter({ has: aoife.getByRole('heading', { name: 'Goes with it', exact: true }) })
  await expect(why(related.getByRole('listitem').first())).not.toBeEmpty()
  await expect(async () => {
    await aoife.goto('/')
    await expect(forYou.first()).toBeVisible()
    await expect(forYou.getByRole('link', { name: title, exact: true })).toHaveCount(0, { timeout: 1000 })
  }).toPass()
})

test('a new idea waits for an answer of marketing and goes when it has one', async ({ open }) => {
  const aoife = await open('rep2')
  const title = `Waiting for a word ${Date.now().toString(36)}`
  const answer = await aoife.request.post('/api/v1/ideas', { data: { title } })
  const idea = await answer.json()
  const tom = await open('marketer')
  await tom.goto('/ideas?view=unanswered&sort=new')
  await expect(tom.getByRole('link', { name: title })).toBeVisible()
  const moved = await tom.request.post(`/api/v1/ideas/${idea.id}/moves`, {
    headers: { 'If-Match': `"${idea.rev}"` },
    data: { to: 'under_review' },
  })
  expect(moved.status()).toBe(200)
  await tom.goto('/')
  await expect(tom.getByText('No answer yet').first()).toBeVisible()
  await expect(tom.getByRole('link', { name: title })).toHaveCount(0)
})

test('a lead sees since when an approval waits', async ({ open }) => {
  const marta = await open('salesLead')
  await marta.goto('/')
  await expect(marta.getByText('Approval', { exact: true }).first()).toBeVisible()
  await expect(marta.getByText(/asked/).first()).toBeVisible()
})

test('the bell counts, the inbox is read, and the bell follows', async ({ open }) => {
  const jonas = await open('rep')
  const aoife = await open('rep2')
  const filed = await jonas.request.post('/api/v1/ideas', { data: { title: `Ring ${Date.now().toString(36)}` } })
  const idea = await filed.json()
  await aoife.request.post(`/api/v1/things/idea/${idea.id}/comments`, { data: { body: 'Yes please.' } })
  await expect(async () => {
    await jonas.goto('/notifications')
    await expect(jonas.getByRole('link', { name: idea.title })).toBeVisible({ timeout: 3000 })
  }).toPass()
  const bell = jonas.getByRole('link', { name: /^Notifications, \d+ unread$/ }).first()
  const before = Number((await bell.getAttribute('aria-label'))?.match(/\d+/)?.[0])
  const row = jonas.getByRole('listitem').filter({ has: jonas.getByRole('link', { name: idea.title }) })
  await row.getByRole('button', { name: 'Mark as read' }).click()
  await expect(row.getByRole('button', { name: 'Mark as unread' })).toBeVisible()
  const left = before - 1
  await expect(
    jonas.getByRole('link', { name: left > 0 ? `Notifications, ${left} unread` : 'Notifications' }).first(),
  ).toBeVisible()
  await jonas.reload()
  await expect(jonas.getByRole('link', { name: idea.title })).toHaveCount(0)
  await jonas.getByText('All', { exact: true }).click()
  await expect(jonas.getByRole('link', { name: idea.title })).toBeVisible()
})

for (const phone of [false, true]) {
  test(`Home and the inbox are accessible: ${phone ? 'phone' : 'desktop'}`, async ({ open }) => {
    test.slow() // ten times axe
    const visits = [
      ['rep', ['/', '/notifications', '/notifications?all=true']],
      ['marketingLead', ['/', '/notifications']],
    ] as const
    for (const [who, paths] of visits) {
      const page = await open(who, { phone })
      for (const path of paths) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expectAccessibleInBothThemes(page)
      }
    }
  })
}
