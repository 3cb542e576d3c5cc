import { expect, expectAccessibleInBothThemes, settled, test } from './fixtures'

const nameOf = (words: string) => `${words} ${Date.now().toString(36)}`

test('a new piece has the days, checklist and words of its type; a step that ends early takes the next ones along', async ({
  open,
}) => {
  const tom = await open('marketer')
  const title = nameOf('Calibration in five minutes')
  await tom.goto('/drafts')
  await tom.getByRole('button', { name: 'New piece' }).click()
  const dialog = tom.getByRole('dialog', { name: 'New piece' })
  await dialog.getByLabel('Title').fill(title)
  await dialog.getByRole('combobox', { name: 'Type' }).click()
  await tom.getByRole('option', { name: 'Case study' }).click()
  await expect(dialog.getByLabel('To be published')).not.toHaveValue('')
  await dialog.getByLabel('To be published').fill('2031-12-19')
  await dialog.getByRole('button', { name: 'Plan it' }).click()

  await expect(tom.getByLabel('Key message')).toHaveValue('Before, what changed, and what it brought.')
  const steps = tom.getByRole('region', { name: 'Steps' })
  await expect(steps.getByRole('listitem').first()).toContainText('Brief')
  await expect(steps.getByText(/Due .*2031/)).toHaveCount(4)
  await expectAccessibleInBothThemes(tom)

  await tom.getByRole('button', { name: /Start writing/ }).click()
  await expect(steps.getByText(/Brief ended \d+ working days early/)).toBeVisible()
  const publishing = steps.getByRole('listitem').filter({ hasText: 'Publishing' }).first()
  await steps.getByRole('button', { name: 'Move them' }).click()
  await expect(publishing).not.toContainText('2031')
  await tom.getByRole('button', { name: 'Undo' }).click()
  await expect(publishing).toContainText('Dec 19, 2031')
})

test('days are changed by hand, with those after them or alone, and a step is given to somebody', async ({ open }) => {
  const tom = await open('marketer')
  const title = nameOf('Reusable loggers')
  const made = await tom.request.post('/api/v1/drafts', {
    data: { title, content_type: 'blog_post', brief: { publish_on: '2031-12-19' } },
  })
  const { id } = await made.json()
  await tom.goto(`/drafts/${id}`)
  const steps = tom.getByRole('region', { name: 'Steps' })
  await steps.getByRole('button', { name: 'Change days and people' }).click()
  const dialog = tom.getByRole('dialog', { name: 'Change days and people' })
  await dialog.getByLabel('Day of Review').fill('2031-12-16')
  await expect(dialog.getByLabel('Day of Publishing')).toHaveValue('2031-12-17')
  await expect(dialog.getByLabel('Day of Writing')).toHaveValue('2031-12-15')
  await dialog.getByRole('combobox', { name: 'Who does Review' }).fill('Nora')
  await tom.getByRole('option', { name: /Nora/ }).click()
  await settled(tom)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(steps.getByText('Dec 17, 2031')).toBeVisible()
  await expect(steps.getByText(/Nora/)).toBeVisible()
})

test('what is typed into a brief saves itself, also when the page is left in the middle or the network is away', async ({
  open,
}) => {
  const tom = await open('marketer')
  const made = await tom.request.post('/api/v1/drafts', {
    data: { title: nameOf('Ultra-cold'), content_type: 'deck', brief: {} },
  })
  const { id } = await made.json()
  const saved = async () => (await (await tom.request.get(`/api/v1/drafts/${id}`)).json()).brief
  await tom.goto(`/drafts/${id}?tab=brief`)
  await tom.getByLabel('Summary').pressSequentially('Two quick fields, ', { delay: 5 })
  await tom.getByLabel('Proof').pressSequentially('one after the other.', { delay: 5 })
  await expect.poll(async () => (await saved()).proof, { timeout: 8000 }).toBe('one after the other.')
  await expect.poll(async () => (await saved()).summary).toBe('Two quick fields,')
  await expect(tom.getByRole('alert')).toHaveCount(0)

  await tom.route('**/api/v1/drafts/*', (route) =>
    route.request().method() === 'PUT' ? route.abort() : route.continue(),
  )
  await tom.getByLabel('Call to action').fill('Kept on this device.')
  await tom.reload()
  await expect(tom.getByLabel('Call to action')).toHaveValue('Kept on this device.')
  await tom.unroute('**/api/v1/drafts/*')
  await expect.poll(async () => (await saved()).call_to_action, { timeout: 10_000 }).toBe('Kept on this device.')
})

test('words of customers are picked into a brief, ordered and taken out again; readers see the copy, not the private idea', async ({
  open,
}) => {
  const [jonas, tom, helena] = [await open('rep'), await open('marketer'), await open('marketingLead')]
  const post = async (path: string, data: object) => (await jonas.request.post(`/api/v1${path}`, { data })).json()
  const tomId = (await (await tom.request.get('/api/v1/session')).json()).user.id
  const shared = await post('/ideas', { title: nameOf('Door sensors') })
  const secret = await post('/ideas', { title: nameOf('Quiet customer'), visibility: 'private', people: [tomId] })
  await post(`/ideas/${shared.id}/evidence`, { kind: 'quote', text: 'It rang all night.', source: 'Site manager' })
  await post(`/ideas/${secret.id}/evidence`, { kind: 'objection', text: 'We were promised ten years.' })
  const planned = { title: nameOf('Doors'), content_type: 'deck', brief: {}, ideas: [shared.id, secret.id] }
  const { id } = await (await tom.request.post('/api/v1/drafts', { data: planned })).json()

  await tom.goto(`/drafts/${id}?tab=brief`)
  const offered = tom.getByRole('region', { name: 'From its ideas' })
  await expect(offered.getByText(/This idea is private/)).toBeVisible()
  await expectAccessibleInBothThemes(tom)
  await offered.getByRole('button', { name: 'Pick “It rang' }).click()
  await offered.getByRole('button', { name: 'Pick “We were' }).click()
  const picked = tom.getByRole('list', { name: 'Evidence in the brief' }).getByRole('listitem')
  await expect(picked).toHaveText([/It rang/, /ten years/])
  await expect(offered).toHaveCount(0)
  await tom.getByRole('button', { name: 'Move piece 2 up' }).press('Enter')
  await expect(picked).toHaveText([/ten years/, /It rang/])
  await expect(tom.getByRole('button', { name: 'Move piece 1 up' })).toBeFocused()
  await tom.getByRole('button', { name: 'Take piece 2 out of the brief' }).click()
  await expect(picked).toHaveCount(1)
  await tom.getByRole('button', { name: 'Undo' }).click()
  await expect(picked).toHaveText([/ten years/, /It rang/])

  await helena.setViewportSize({ width: 390, height: 844 })
  await helena.goto(`/drafts/${id}?tab=brief`)
  const seen = helena.getByRole('list', { name: 'Evidence in the brief' }).getByRole('listitem')
  await expect(seen.first()).toContainText('from an idea that you do not see')
  await expect(seen.first()).not.toContainText(secret.title)
  await expect(seen.last()).toContainText(shared.title)
  await expectAccessibleInBothThemes(helena)
})

test('a checklist is ticked off by people, and an item that was removed comes back', async ({ open }) => {
  const tom = await open('marketer')
  const made = await tom.request.post('/api/v1/drafts', {
    data: { title: nameOf('Check me'), content_type: 'battlecard', brief: {} },
  })
  const { id } = await made.json()
  await tom.request.post(`/api/v1/drafts/${id}/moves`, { data: { action: 'start' } })
  await tom.goto(`/drafts/${id}`)
  const list = tom.getByRole('region', { name: 'Checklist' })
  await expect(tom.getByText('2 items of the checklist are open.')).toBeVisible()
  await list.getByRole('checkbox', { name: 'Claims have a source' }).check()
  await expect(list.getByText(/^Tom/)).toBeVisible()
  await list.getByLabel('New item of the checklist').fill('Legal has read it')
  await list.getByLabel('New item of the checklist').press('Enter')
  await expect(list.getByText('1 of 3 done')).toBeVisible()
  await list.getByRole('listitem').filter({ hasText: 'Legal has read it' }).hover()
  await list.getByRole('button', { name: 'Remove “Legal has read it”' }).click()
  await expect(list.getByText('Legal has read it')).toHaveCount(0)
  await tom.getByRole('button', { name: 'Undo' }).last().click()
  await expect(list.getByText('Legal has read it')).toBeVisible()
})

test('leads of marketing change the types of content, others read them', async ({ open }) => {
  const helena = await open('marketingLead')
  await helena.goto('/settings/content-types')
  await helena.getByRole('button', { name: 'New type' }).click()
  const dialog = helena.getByRole('dialog', { name: 'New type' })
  const name = nameOf('Webinar')
  await dialog.getByLabel('Name').fill(name)
  await expect(dialog.getByRole('textbox', { name: 'Key', exact: true })).toHaveValue(
    name.toLowerCase().replace(' ', '_'),
  )
  await dialog.getByLabel('Tell the lead after hours').fill('10')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText(/later than the first reminder/)).toBeVisible()
  await dialog.getByLabel('Tell the lead after hours').fill('120')
  await dialog.getByRole('textbox', { name: 'Checklist' }).fill('Speaker agreed\nSlides with notes')
  await expectAccessibleInBothThemes(helena)
  await dialog.getByRole('button', { name: 'Save' }).click()
  const row = helena.getByRole('listitem').filter({ hasText: name })
  await expect(row).toContainText('2 items to check')
  await row.getByRole('button', { name: `More for “${name}”` }).click()
  await helena.getByRole('menuitem', { name: 'Archive' }).click()
  await expect(row).toContainText('Archived')
  await helena.getByRole('button', { name: 'Undo' }).click()
  await expect(row.getByText('Archived')).toHaveCount(0)

  const jonas = await open('rep')
  await jonas.setViewportSize({ width: 390, height: 844 })
  await jonas.goto('/settings/content-types')
  await expect(jonas.getByText(name)).toBeVisible()
  await expect(jonas.getByRole('button', { name: 'New type' })).toHaveCount(0)
  await expectAccessibleInBothThemes(jonas)
})
