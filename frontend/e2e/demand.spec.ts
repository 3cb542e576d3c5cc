import { expect, expectAccessible, expectAccessibleInBothThemes, test } from './fixtures'

const mark = Date.now().toString(36)
// nobody has ever written these, in whatever form
const rare = `quokkas${mark}`
const other = `lynxes${mark}`

test('what is searched in vain becomes a request, and whoever wants to know hears when it exists', async ({ open }) => {
  test.slow() // four people, and a job of ten seconds
  const jonas = await open('rep')
  await jonas.clock.install()
  await jonas.goto('/settings')
  const named = jonas.getByRole('switch', { name: 'Keep my name with searches that missed' })
  await named.setChecked(false)
  await named.click()
  await expect(jonas.getByText('Your name is kept with searches from now on.')).toBeVisible()
  await expectAccessible(jonas)

  // one search, however many letters
  const reports: string[] = []
  jonas.on('request', (r) => r.url().endsWith('/search/report') && reports.push(r.method()))
  await jonas.keyboard.press('Control+k')
  await jonas.getByRole('combobox', { name: 'Search or jump to a page' }).pressSequentially(rare, { delay: 15 })
  await expect(jonas.getByText(`Nothing found for “${rare}”`)).toBeVisible()
  await jonas.clock.fastForward(1500)
  await jonas.keyboard.press('Escape')
  await expect.poll(() => reports).toEqual(['PUT'])

  // another one on the search page, without a name
  const aoife = await open('rep2', { phone: true })
  await aoife.clock.install()
  await aoife.goto(`/search?q=${other}`)
  await expect(aoife.getByText('Nothing found for')).toBeVisible()
  await aoife.clock.fastForward(1500)
  await expect(aoife.getByText('marketing sees what is missing')).toBeVisible()
  // what it means to be told is said before it is so
  await aoife.getByRole('button', { name: 'Tell me when it exists' }).click()
  await expect(aoife.getByText('marketing and leads see who looked for what')).toBeVisible()
  await expect(aoife.getByRole('button', { name: 'Keep my name and tell me' })).toBeFocused()
  await expectAccessible(aoife)
  await aoife.getByRole('button', { name: 'Not now' }).click()
  await expect(aoife.getByRole('button', { name: 'Tell me when it exists' })).toBeVisible()
  const sent = aoife.waitForRequest((r) => r.url().endsWith('/search/report'))
  await aoife.getByRole('link', { name: 'Ideas' }).first().click()
  await sent
  await expect(aoife.getByRole('link', { name: 'What is missing' })).toHaveCount(0)
  await aoife.goto('/ideas/missing')
  await expect(aoife.getByText('What is missing is for marketing and leads.')).toBeVisible()

  const tom = await open('marketer')
  await tom.goto('/ideas')
  await tom.getByRole('link', { name: 'What is missing' }).click()
  const card = (words: string) => tom.getByRole('listitem').filter({ has: tom.getByRole('heading', { name: words }) })
  await expect(card(rare)).toContainText('1 search · 1 person · on 1 day · 1 without any result')
  await expect(card(rare)).toContainText('Searched by Jonas')
  await expect(card(other)).not.toContainText('Searched by')
  await expectAccessibleInBothThemes(tom)
  await card(other)
    .getByRole('button', { name: /^Dismiss/ })
    .click()
  await expect(card(other)).toHaveCount(0)
  await tom.getByRole('button', { name: 'Undo' }).click()
  await expect(card(other)).toBeVisible()
  await card(rare).getByRole('button', { name: 'Make a request' }).dblclick()
  await expect(tom.getByText(/^“Quokkas.*” is requested\.$/).first()).toBeVisible()
  await tom.getByText('Requested', { exact: true }).click()
  await card(rare).getByRole('link').click()
  await expect(tom.getByRole('heading', { level: 1, name: /^Quokkas/ })).toBeVisible()
  await expect(
    tom.getByText('People searched for this and opened nothing: 1 search by at least 1 person'),
  ).toBeVisible()

  // the other one asks for what an idea is there for already
  await tom.goto('/ideas/missing')
  const idea = await tom.request.post('/api/v1/ideas', { data: { title: `Where the ${other} winter` } })
  expect(idea.status()).toBe(201)
  await card(other).getByRole('button', { name: 'Link an idea' }).click()
  const dialog = tom.getByRole('dialog')
  await dialog.getByRole('searchbox', { name: 'Find an idea by its title' }).fill(other)
  await dialog.getByRole('radio', { name: `Where the ${other} winter` }).click()
  await expectAccessibleInBothThemes(tom)
  await dialog.getByRole('button', { name: 'Link it' }).click()
  await expect(tom.getByText(`“Where the ${other} winter” is their request now.`)).toBeVisible()
  await expect(card(other)).toHaveCount(0)
  await tom.getByRole('button', { name: 'Undo' }).click()
  await expect(card(other)).toBeVisible()

  // what was asked for is there already: who searched hears once, until that is taken back
  const heard = async (verb: string) => {
    const inbox = await (await jonas.request.get('/api/v1/notifications?unread=true')).json()
    return inbox.items.filter((n: { verb: string }) => n.verb === verb).length
  }
  await tom.getByText('Requested', { exact: true }).click()
  await card(rare).getByRole('button', { name: 'It is there already' }).click()
  await expect(dialog.getByText('Nothing has these words.')).toBeVisible()
  await expect(dialog.getByText(/^The request “Quokkas.*” stays open/)).toBeVisible()
  await dialog.getByRole('searchbox', { name: 'Find a resource' }).fill('excursions')
  await dialog.getByRole('radio').first().click()
  await expectAccessibleInBothThemes(tom)
  await dialog.getByRole('button', { name: 'Say that it is there' }).dblclick()
  await expect(tom.getByText('Those who searched hear of it.')).toBeVisible()
  await expect(card(rare)).toHaveCount(0)
  await expect.poll(() => heard('demand.found')).toBe(1)
  await tom.getByText('Answered', { exact: true }).click()
  await expect(card(rare)).toContainText(/There already:.*says Tom/)
  await expectAccessible(tom)
  await card(rare)
    .getByRole('button', { name: /^Take “.*” back from/ })
    .click()
  await expect(card(rare)).toHaveCount(0)
  await expect.poll(() => heard('demand.found')).toBe(0)

  // something says it now
  const { items } = await (await tom.request.get('/api/v1/resources?limit=1&sort=title')).json()
  const { id, title, content_type, lang, taxonomy, rev } = items[0]
  const change = { title, content_type, lang, taxonomy, summary: `About ${rare}.` }
  const changed = await tom.request.put(`/api/v1/resources/${id}`, {
    data: change,
    headers: { 'If-Match': `"${rev}"` },
  })
  expect(changed.status(), await changed.text()).toBe(200)
  await expect.poll(() => heard('demand.answered'), { timeout: 40_000 }).toBe(1)
  await jonas.goto('/notifications')
  const line = jonas.getByRole('listitem').filter({ hasText: 'You looked for this' })
  await expect(line.getByText('It exists now')).toBeVisible()
  await expect(line.getByRole('link', { name: title })).toHaveAttribute('href', `/library/${id}`)
})

test('an empty box offers what was searched; a slip is corrected in one press', async ({ open }) => {
  const jonas = await open('rep')
  await jonas.clock.install()
  // whatever the slip finds by itself
  await jonas.goto('/search?q=excursoins')
  await jonas.getByRole('link', { name: 'excursions', exact: true }).click()
  await expect(jonas).toHaveURL(/q=excursions/)
  await jonas.locator('[data-hit]').first().click()
  await expect(jonas).not.toHaveURL(/search/)

  await jonas.goto('/search')
  const recent = jonas.getByRole('region', { name: 'Searched last' })
  await expect(recent.getByRole('link', { name: 'excursions' })).toBeVisible()
  await expect(jonas.getByRole('region', { name: 'Often searched here' }).getByRole('link').first()).toBeVisible()
  await expectAccessibleInBothThemes(jonas)
  await recent.getByRole('button', { name: 'Clear all' }).click()
  await expect(recent).toHaveCount(0)
  await jonas.getByRole('button', { name: 'Undo' }).click()

  await jonas.keyboard.press('Control+k')
  const box = jonas.getByRole('combobox', { name: 'Search or jump to a page' })
  await expect(box).toBeFocused()
  const mine = jonas.getByRole('group', { name: 'Searched last' }).getByRole('option', { name: 'excursions' })
  await mine.hover()
  await expect(mine).toHaveAttribute('aria-selected', 'true')
  await expectAccessible(jonas)
  await jonas.keyboard.press('Delete')
  await expect(mine).toHaveCount(0)
  await jonas.getByRole('group', { name: 'Often searched here' }).getByRole('option').first().click()
  await expect(box).not.toHaveValue('')
  await expect(jonas.getByRole('group', { name: 'Library' })).toBeVisible()
})

test('a saved view of the library tells of what is new in it, until one has enough', async ({ open }) => {
  const aoife = await open('rep2')
  await aoife.goto('/library?type=%5B%22guide%22%5D')
  await aoife.getByRole('button', { name: 'Save view' }).click()
  await aoife.getByLabel('Name').fill(`Guides ${mark}`)
  await aoife.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await aoife.getByRole('button', { name: `View “Guides ${mark}”` }).click()
  await aoife.getByRole('menuitem', { name: 'Tell me of what is new' }).click()
  await expect(aoife.getByText(`You will hear once of each new resource that fits “Guides ${mark}”.`)).toBeVisible()
  await expect(aoife.getByRole('img', { name: 'You are told of what is new in it' })).toBeVisible()
  await expectAccessible(aoife)
  await aoife.reload()
  // a search is saved where it was made, and stands there too
  await aoife.goto('/search?q=excursions&in=resource&stage=%5B%22awareness%22%5D')
  await aoife.getByRole('button', { name: 'Save search' }).click()
  const dialog = aoife.getByRole('dialog')
  await dialog.getByLabel('Name').fill(`Excursions ${mark}`)
  await expect(dialog.getByRole('switch', { name: 'Tell me of what is new' })).toBeChecked()
  await expectAccessible(aoife)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(aoife.getByText(`“Excursions ${mark}” is saved. You will hear of what is new in it.`)).toBeVisible()
  await aoife.getByRole('button', { name: 'Open it' }).click()
  await expect(aoife).toHaveURL(/\/library\?.*awareness/)
  const tab = (name: string) => aoife.getByRole('button', { name: new RegExp(`${name} ${mark}$`) })
  await expect(tab('Excursions')).toHaveAttribute('aria-current', 'page')
  await tab('Guides').click()
  await aoife.getByRole('button', { name: `View “Guides ${mark}”` }).click()
  await aoife.getByRole('menuitem', { name: 'Tell me no more' }).click()
  await expect(aoife.getByText(`You hear no more of “Guides ${mark}”.`)).toBeVisible()
  await expect(aoife.getByRole('img', { name: 'You are told of what is new in it' })).toHaveCount(1) // of the other
})
