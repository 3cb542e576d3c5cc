import type { APIRequestContext, Browser, Page } from '@playwright/test'
import { expect, expectAccessible, expectAccessibleInBothThemes, signIn, test, type Who } from './fixtures'

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

interface Made {
  id: string
  hash: string
  link_url: string
}

/** A post for Aoife, written and offered through the API. */
async function offered(browser: Browser, baseURL: string | undefined, words: object): Promise<Made> {
  const context = await browser.newContext({ baseURL })
  await signIn(context, 'marketer')
  const people = await (await context.request.get('/api/v1/people?q=Aoife')).json()
  const written = await context.request.post('/api/v1/posts', {
    data: { network: 'linkedin', owner_id: people.items[0].id, ...words },
  })
  expect(written.status(), await written.text()).toBe(201)
  const { id } = await written.json()
  const answer = await context.request.post(`/api/v1/posts/${id}/offer`)
  expect(answer.status()).toBe(200)
  const post = await answer.json()
  await context.close()
  return post
}

async function seal(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Seal it' }).click()
  await page.getByRole('dialog', { name: 'Seal this post?' }).getByRole('button', { name: 'Seal it' }).click()
  await expect(page.getByRole('heading', { name: 'Ready to share' })).toBeVisible()
}

/** Only the path: the program may know itself by another port than the one that the test uses. */
const pathOf = (link: string) => new URL(link).pathname

/** LinkedIn's robot, two mail scanners and a browser that loads ahead. */
async function robots(request: APIRequestContext, path: string): Promise<void> {
  const get = (headers: Record<string, string>) => request.get(path, { headers, maxRedirects: 0 })
  const answers = [
    await get({ 'User-Agent': 'LinkedInBot/1.0 (compatible; Mozilla/5.0; +http://www.linkedin.com)' }),
    await request.head(path, { headers: { 'User-Agent': chrome, 'Accept-Language': 'en' }, maxRedirects: 0 }),
    await get({ 'User-Agent': `${chrome} Proofpoint URL Defense` }),
    await get({ 'User-Agent': chrome, Accept: 'text/html', 'Accept-Language': 'en', 'Sec-Purpose': 'prefetch' }),
  ]
  for (const answer of answers) expect(answer.status()).toBe(302)
}

test('a post is written, made their own, sealed, shared and counted', async ({ open, browser, baseURL }) => {
  test.setTimeout(180_000)
  const first = `Cold chains break on Fridays ${Date.now()}.`
  const marketer = await open('marketer2')
  await marketer.goto('/posts')
  await marketer.getByRole('link', { name: 'Write a post' }).click()
  const owner = marketer.getByRole('combobox', { name: 'For whom' })
  await owner.fill('Aoife')
  await marketer.getByRole('option', { name: /Aoife Brennan/ }).click()
  await marketer
    .getByRole('textbox', { name: 'Text', exact: true })
    .fill(`${first}\n\nEverybody knows customers hate it.`)
  await marketer.getByLabel('Disclosure').fill('I work for Kelvora.')
  await marketer.getByLabel('Where the link leads').fill(`${baseURL}/sign-in?from=post`)
  await expect(marketer.getByRole('article', { name: 'As it will look on LinkedIn' })).toContainText(first)
  await expectAccessible(marketer)
  await marketer.getByRole('button', { name: 'Offer it' }).click()
  await expect(marketer.getByRole('heading', { name: 'Waiting for Aoife' })).toBeVisible()
  const address = new URL(marketer.url()).pathname

  // the link is closed, and says so on a page
  const post: Made = await (await marketer.request.get(`/api/v1${address}`)).json()
  const link = pathOf(post.link_url)
  const stranger = await browser.newContext({ baseURL, userAgent: chrome })
  const visitor = await stranger.newPage()
  expect((await visitor.goto(link))?.status()).toBe(404)
  await expect(visitor.getByRole('heading', { name: 'This link is closed' })).toBeVisible()

  // the owner, on a phone
  const rep = await open('rep2', { phone: true })
  await rep.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await rep.goto('/posts')
  await rep.getByRole('region', { name: 'Waiting for you' }).getByRole('link', { name: first }).click()
  await expect(rep.getByRole('button', { name: 'Copy text' })).toBeDisabled()
  await expect(rep.getByText('Copying and posting are open once you have sealed it.')).toBeVisible()
  await rep.getByRole('button', { name: 'Adapt' }).click()
  await rep.getByRole('textbox', { name: 'Text' }).fill(`${first}\n\nEverybody knows quality people hate it.`)
  await rep.getByRole('button', { name: 'Save' }).click()
  await expect(rep.getByText('Saved.')).toBeVisible()
  await expect(rep.getByRole('deletion')).toContainText('customers')
  await expectAccessible(rep)

  await rep.getByRole('button', { name: 'Seal it' }).click()
  const dialog = rep.getByRole('dialog', { name: 'Seal this post?' })
  await expect(dialog).toContainText('Everybody knows quality people hate it.')
  await expect(dialog).toContainText('I work for Kelvora.')
  await expect(dialog).toContainText(`leads to ${baseURL}/sign-in?from=post`)
  const now: Made = await (await rep.request.get(`/api/v1${address}`)).json()
  await expect(dialog.getByTitle(now.hash)).toHaveText(/^[0-9a-f]{4}\s[0-9a-f]{4}\s[0-9a-f]{4}$/)
  await dialog.getByRole('button', { name: 'Seal it' }).click()
  await expect(rep.getByRole('heading', { name: 'Ready to share' })).toBeVisible()

  await rep.getByRole('button', { name: 'Copy text' }).click()
  await expect(rep.getByRole('button', { name: 'Copied' }).first()).toBeVisible()
  expect(await rep.evaluate(() => navigator.clipboard.readText())).toBe(
    `${first}\n\nEverybody knows quality people hate it.\n\nI work for Kelvora.\n\n${post.link_url}`,
  )
  await rep.context().route('https://www.linkedin.com/**', (route) => route.fulfill({ body: 'composer' }))
  const composer = rep.getByRole('link', { name: 'Open LinkedIn' })
  await expect(composer).toHaveAttribute('rel', 'noopener noreferrer')
  const [popup] = await Promise.all([rep.context().waitForEvent('page'), composer.click()])
  await expect(popup).toHaveURL(
    `https://www.linkedin.com/sharing/share-offsite/?url=${encodeURIComponent(post.link_url)}`,
  )
  await popup.close()
  await rep.getByRole('button', { name: 'I posted it' }).click()
  await rep.getByLabel('Address of your post').fill('https://www.linkedin.com/posts/aoife-1')
  await rep.getByRole('button', { name: 'Yes, it is out' }).click()
  await expect(rep.getByRole('heading', { name: 'It is out' })).toBeVisible()

  // one person, and those who are none
  await visitor.goto(link)
  await expect(visitor).toHaveURL(/sign-in\?from=post&utm_campaign=byline-post/)
  const anonymous = await browser.newContext({ baseURL })
  await robots(anonymous.request, link)
  expect(
    (
      await rep.request.get(link, {
        headers: { 'User-Agent': chrome, Accept: 'text/html', 'Accept-Language': 'en' },
        maxRedirects: 0,
      })
    ).status(),
  ).toBe(302) // a colleague
  await rep.reload()
  for (const page of [rep, marketer]) {
    await page.goto(address)
    await expect(page.getByText('click by a person')).toBeVisible()
    await expect(page.getByText('of 6 requests in all')).toBeVisible()
    for (const reason of [
      'LinkedIn’s preview robot',
      'Asked for the headers only (HEAD), as mail scanners do',
      'Proofpoint’s robot or mail scanner',
      'A browser that loaded ahead',
      'Somebody signed in to Byline',
    ]) {
      await expect(page.getByText(reason)).toBeVisible()
    }
    await expectAccessible(page)
  }
  await expect(marketer.getByRole('heading', { name: 'What Aoife changed' })).toBeVisible()
  await expect(marketer.getByRole('insertion')).toContainText('quality people')
  await stranger.close()
  await anonymous.close()
})

test('who declines says why; the writer changes it and offers it again', async ({ open, browser, baseURL }) => {
  const post = await offered(browser, baseURL, { text: 'Thrilled to announce our game changer.' })
  const rep = await open('rep2')
  await rep.goto(`/posts/${post.id}`)
  await rep.getByRole('button', { name: 'Decline' }).click()
  const dialog = rep.getByRole('dialog', { name: 'Decline this post?' })
  await dialog.getByRole('button', { name: 'Decline' }).click()
  await expect(dialog.getByText('A few words, please.')).toBeVisible()
  await dialog.getByLabel('Why').fill('I am never thrilled.')
  await dialog.getByRole('button', { name: 'Decline' }).click()
  await expect(rep.getByRole('heading', { name: 'You declined it' })).toBeVisible()

  const marketer = await open('marketer')
  await marketer.goto(`/posts/${post.id}`)
  await expect(marketer.getByRole('heading', { name: 'Aoife declined it' })).toBeVisible()
  await expect(marketer.getByText('I am never thrilled.').first()).toBeVisible()
  await marketer.getByRole('link', { name: 'Edit' }).click()
  await marketer.getByRole('textbox', { name: 'Text', exact: true }).fill('It works. That is all.')
  await marketer.getByRole('button', { name: 'Save' }).click()
  await marketer.getByRole('button', { name: 'Offer it again' }).click()
  await expect(marketer.getByRole('heading', { name: 'Waiting for Aoife' })).toBeVisible()
})

test('two tabs: nothing is overwritten in silence, and nobody seals what they have not seen', async ({
  open,
  browser,
  baseURL,
}) => {
  const post = await offered(browser, baseURL, { text: 'One sentence here.' })
  const rep = await open('rep2')
  await rep.goto(`/posts/${post.id}`)
  await rep.getByRole('button', { name: 'Adapt' }).click()
  await rep.getByRole('textbox', { name: 'Text' }).fill('My sentence here.')
  const current = await rep.request.get(`/api/v1/posts/${post.id}`)
  const other = await rep.request.put(`/api/v1/posts/${post.id}`, {
    headers: { 'If-Match': current.headers().etag ?? '' },
    data: { network: 'linkedin', text: 'From the other tab.' },
  })
  expect(other.status()).toBe(200)
  await rep.getByRole('button', { name: 'Save' }).click()
  await expect(rep.getByText('Somebody changed this in the meantime')).toBeVisible()
  await expect(rep.getByRole('textbox', { name: 'Text' })).toHaveValue('My sentence here.')
  await rep.getByRole('button', { name: 'Save mine instead' }).click()
  await expect(rep.getByText('Saved.')).toBeVisible()

  await rep.getByRole('button', { name: 'Seal it' }).click()
  const dialog = rep.getByRole('dialog', { name: 'Seal this post?' })
  await expect(dialog).toContainText('My sentence here.')
  const marketer = await open('marketer')
  const seen = await marketer.request.get(`/api/v1/posts/${post.id}`)
  const changed = await marketer.request.put(`/api/v1/posts/${post.id}`, {
    headers: { 'If-Match': seen.headers().etag ?? '' },
    data: { network: 'linkedin', text: 'Changed while she reads.' },
  })
  expect(changed.status()).toBe(200)
  await dialog.getByRole('button', { name: 'Seal it' }).click()
  await expect(dialog.getByRole('alert')).toContainText('was changed')
  await dialog.getByRole('button', { name: 'Show the newest' }).click()
  await expect(rep.getByRole('article').first()).toContainText('Changed while she reads.')
  await seal(rep)
})

const visits: [Who, string[]][] = [
  ['rep', ['/posts', '/posts?view=shared', '/insights']],
  ['marketer2', ['/posts', '/posts/new', '/insights']],
  ['salesLead', ['/insights?scope=team']],
]

for (const phone of [false, true]) {
  test(`posts and numbers are accessible: ${phone ? 'phone' : 'desktop'}`, async ({ open }) => {
    test.slow() // sixteen times axe
    for (const [who, pages] of visits) {
      const page = await open(who, { phone })
      for (const path of pages) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expectAccessibleInBothThemes(page)
      }
    }
    const rep = await open('rep', { phone })
    await rep.goto('/posts')
    await rep.getByRole('region', { name: 'Shared' }).getByRole('link').first().click()
    await rep.getByRole('button', { name: 'Why the others were not counted' }).click()
    await expect(rep.getByText('LinkedIn’s preview robot').first()).toBeVisible()
    await expectAccessibleInBothThemes(rep)
  })
}

test('j and k move through the posts, Enter opens one', async ({ open }) => {
  const rep = await open('rep')
  await rep.goto('/posts?view=shared')
  await expect(rep.locator('[data-post-row]').first()).toBeVisible()
  await rep.keyboard.press('j')
  await rep.keyboard.press('j')
  await expect(rep.locator('[data-post-row]').nth(1)).toBeFocused()
  await rep.keyboard.press('k')
  await rep.keyboard.press('Enter')
  await expect(rep.getByRole('heading', { name: 'Your post' })).toBeVisible()
})
