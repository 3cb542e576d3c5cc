import { expect, expectAccessible, expectAccessibleInBothThemes, test } from './fixtures'

// every run files ideas of its own: the workspace may be one that is in use
const mark = Date.now().toString(36)
const title = `How do we prove a pallet stayed dry in ${mark}?`

test('an idea goes its way: filed, voted for, proved, talked about, answered', async ({ open }) => {
  test.slow() // three people
  const jonas = await open('rep')
  await jonas.goto('/ideas')
  await expect(jonas.getByRole('heading', { name: 'Ideas', level: 1 })).toBeVisible()

  // one line is enough
  await jonas.keyboard.press('c')
  const dialog = jonas.getByRole('dialog', { name: 'New idea' })
  await dialog.getByLabel('What should exist?').fill(title)
  await jonas.keyboard.press('Control+Enter')
  await jonas.getByRole('button', { name: 'Open it' }).click()
  await expect(jonas.getByRole('heading', { name: title, level: 1 })).toBeVisible()
  await expect(jonas.getByRole('button', { name: `Vote for “${title}”, 1 so far` })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  const address = new URL(jonas.url()).pathname

  // somebody else begins to file the same and votes instead
  const aoife = await open('rep2', { phone: true })
  await aoife.goto('/ideas')
  await aoife.getByRole('button', { name: 'New idea' }).first().click()
  const similar = aoife.getByRole('dialog', { name: 'New idea' })
  await similar.getByLabel('What should exist?').fill(`prove a pallet stayed dry in ${mark}`)
  await similar.getByRole('button', { name: `Vote for “${title}”, 1 so far` }).click()
  await expect(similar.getByRole('button', { name: `Vote for “${title}”, 2 so far` })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await similar.getByRole('link', { name: title }).click()
  await expect(aoife.getByRole('heading', { name: title, level: 1 })).toBeVisible()

  // evidence
  await aoife.getByRole('button', { name: 'Add evidence' }).click()
  await aoife.getByText('Objection', { exact: true }).click()
  await aoife.getByLabel('What was said or happened?').fill('Your curve shows warm, not wet.')
  await aoife.getByLabel('Who said it?').fill('Claims manager, coffee importer')
  await aoife.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(aoife.getByText('Your curve shows warm, not wet.')).toBeVisible()
  await expectAccessible(aoife)

  // a word to a marketer, by name
  const box = aoife.getByRole('textbox', { name: 'Your comment' })
  await box.fill('Worth a page? ')
  await box.pressSequentially('@Tom A')
  await aoife.getByRole('option', { name: /Tom Adeyemi/ }).click()
  await expect(box).toHaveValue('Worth a page? @Tom Adeyemi ')
  await box.press('Control+Enter')
  await expect(aoife.getByRole('link', { name: '@Tom Adeyemi' })).toBeVisible()

  // who is named finds it in the inbox, and answers
  const tom = await open('marketer')
  await expect(async () => {
    await tom.goto('/notifications')
    await expect(tom.getByRole('link', { name: title })).toBeVisible({ timeout: 3000 })
  }).toPass()
  const line = tom.getByRole('listitem').filter({ has: tom.getByRole('link', { name: title }) })
  await expect(line.getByText('You were named')).toBeVisible()
  await line.getByRole('link', { name: 'Answer' }).click()
  await expect(tom).toHaveURL(new RegExp(address))
  await expect(tom.getByRole('heading', { name: title, level: 1 })).toBeVisible()

  await tom.getByRole('button', { name: 'Move', exact: true }).click()
  await expect(tom.getByRole('menuitem')).toHaveText(['Under review', 'Planned', 'Declined'])
  await tom.getByRole('menuitem', { name: 'Under review' }).click()
  await tom.getByLabel('What should its author and voters know?').fill('I ask the lab on Monday.')
  await tom.getByRole('button', { name: 'Move to Under review' }).click()
  await expect(tom.getByText('I ask the lab on Monday.').first()).toBeVisible()
  await expect(tom.getByText('Tom Adeyemi moved it from New to Under review')).toBeVisible()

  // the title is edited in place, by its author too
  await jonas.reload()
  await jonas.getByRole('button', { name: 'Edit the title' }).click()
  await jonas.getByRole('textbox', { name: 'Title' }).fill(`${title} And how cheaply?`)
  await jonas.keyboard.press('Enter')
  await expect(jonas.getByRole('heading', { name: `${title} And how cheaply?`, level: 1 })).toBeVisible()
  await expect(jonas.getByText('I ask the lab on Monday.').first()).toBeVisible()
})

test('an idea is planned and leads to its draft', async ({ open }) => {
  const tom = await open('marketer')
  await tom.goto('/ideas')
  await expect(tom.getByRole('heading', { name: 'Ideas', level: 1 })).toBeVisible()
  await tom.keyboard.press('c')
  const name = `A page on wet pallets ${mark}`
  await tom.getByLabel('What should exist?').fill(name)
  await tom.keyboard.press('Enter')
  await tom.getByRole('button', { name: 'Open it' }).click()
  await tom.getByRole('button', { name: 'Plan a piece' }).click()
  await tom.getByRole('dialog').getByRole('textbox', { name: 'Working title' }).fill(`${name}, planned`)
  await tom.getByRole('button', { name: 'Plan it' }).click()
  await expect(tom).toHaveURL(/\/drafts\//)
  await tom.goBack()
  await expect(tom.getByRole('heading', { name, level: 1 })).toBeVisible()
  await expect(tom.getByRole('link', { name: `${name}, planned` })).toContainText(/Step 1 of 4/)
  await expect(tom.getByText('Tom Adeyemi moved it from New to Planned')).toBeVisible()
})

test('ideas that ask for the same are merged once, and declining needs a reason', async ({ open }) => {
  const jonas = await open('rep')
  const ids: string[] = []
  for (const name of [`Merge from ${mark}`, `Merge into ${mark}`]) {
    const answer = await jonas.request.post('/api/v1/ideas', { data: { title: name } })
    ids.push((await answer.json()).id)
  }
  const tom = await open('marketer')
  await tom.goto(`/ideas/${ids[0]}`)
  await tom.getByRole('button', { name: 'More actions' }).click()
  await tom.getByRole('menuitem', { name: 'Merge into another idea' }).click()
  const dialog = tom.getByRole('dialog', { name: 'Merge into another idea' })
  await dialog.getByLabel('Find the idea that stays').fill(`Merge into ${mark}`)
  await dialog.getByRole('radio', { name: new RegExp(`Merge into ${mark}`) }).click()
  await expect(dialog.getByText(`“Merge from ${mark}” ends here`)).toBeVisible()
  await expectAccessible(tom)
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click()
  await expect(tom).toHaveURL(new RegExp(`/ideas/${ids[1]}`))
  await expect(tom.getByText(`Tom Adeyemi merged “Merge from ${mark}” into it`)).toBeVisible()
  await tom.goto(`/ideas/${ids[0]}`)
  await expect(tom.getByRole('link', { name: 'Open that idea' })).toBeVisible()
  await expect(tom.getByRole('button', { name: 'Move', exact: true })).toHaveCount(0)

  await tom.goto(`/ideas/${ids[1]}`)
  await tom.getByRole('button', { name: 'Move', exact: true }).click()
  await tom.getByRole('menuitem', { name: 'Declined' }).click()
  await tom.getByRole('button', { name: 'Decline' }).click()
  await expect(tom.getByText(/Say why/)).toBeVisible()
  await tom.getByLabel('Why not?').fill('The lab says it cannot be measured.')
  await tom.getByRole('button', { name: 'Decline' }).click()
  await expect(tom.getByText('Why it was declined')).toBeVisible()

  // its author reads the reason, and nobody votes for it any more
  await jonas.goto(`/ideas/${ids[1]}`)
  await expect(jonas.getByText('The lab says it cannot be measured.').first()).toBeVisible()
  await expect(jonas.getByRole('button', { name: new RegExp(`^Vote for “Merge into ${mark}”`) })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
  await expect(jonas.getByRole('button', { name: 'Move', exact: true })).toHaveCount(0)
})

test('two people change the same idea: nothing is lost, the second one chooses', async ({ open }) => {
  const jonas = await open('rep')
  const answer = await jonas.request.post('/api/v1/ideas', { data: { title: `Both of us ${mark}` } })
  const { id } = await answer.json()
  const tom = await open('marketer')
  for (const page of [jonas, tom]) {
    await page.goto(`/ideas/${id}`)
    await page.getByRole('button', { name: 'Edit the title' }).click()
  }
  await tom.getByRole('textbox', { name: 'Title' }).fill(`Toms words ${mark}`)
  await tom.keyboard.press('Enter')
  await expect(tom.getByRole('heading', { name: `Toms words ${mark}` })).toBeVisible()
  await jonas.getByRole('textbox', { name: 'Title' }).fill(`Jonas’s words ${mark}`)
  await jonas.keyboard.press('Enter')
  await expect(jonas.getByText('Somebody changed this in the meantime')).toBeVisible()
  await expect(jonas.getByRole('textbox', { name: 'Title' })).toHaveValue(`Jonas’s words ${mark}`)
  await jonas.getByRole('button', { name: 'Save mine instead' }).click()
  await expect(jonas.getByRole('heading', { name: `Jonas’s words ${mark}` })).toBeVisible()
})

test('a private idea is for its people', async ({ open }) => {
  const jonas = await open('rep')
  await jonas.goto('/ideas')
  await expect(jonas.getByRole('heading', { name: 'Ideas', level: 1 })).toBeVisible()
  await jonas.keyboard.press('c')
  const name = `Only for us ${mark}`
  await jonas.getByLabel('What should exist?').fill(name)
  await jonas.getByRole('button', { name: 'Add details' }).click()
  await jonas.getByRole('combobox', { name: 'Who may see it' }).click()
  await jonas.getByRole('option', { name: 'Private' }).click()
  await jonas.getByRole('combobox', { name: 'And these people' }).fill('Aoi')
  await jonas.getByRole('option', { name: /Aoife Brennan/ }).click()
  await jonas.getByRole('button', { name: 'File idea' }).click()
  await jonas.getByRole('button', { name: 'Open it' }).click()
  await expect(jonas.getByRole('heading', { name, level: 1 })).toBeVisible()
  const path = new URL(jonas.url()).pathname
  await expect(jonas.getByText('Aoife Brennan')).toBeVisible()

  const aoife = await open('rep2')
  await aoife.goto(path)
  await expect(aoife.getByRole('heading', { name, level: 1 })).toBeVisible()
  const tom = await open('marketer')
  await tom.goto(path)
  await expect(tom.getByText('Not here')).toBeVisible()
})

for (const phone of [false, true]) {
  test(`ideas are accessible: ${phone ? 'phone' : 'desktop'}`, async ({ open }) => {
    test.slow() // eight times axe
    const page = await open('marketer', { phone })
    await page.goto('/ideas')
    const first = page.locator('[data-idea] a').first()
    await expect(first).toBeVisible({ timeout: 30_000 })
    await expectAccessibleInBothThemes(page)
    await page.getByRole('button', { name: 'Filter' }).click()
    await expect(page.getByLabel('Declined')).toBeVisible()
    await expectAccessibleInBothThemes(page)
    await page.keyboard.press('Escape')
    await first.click()
    await expect(page.getByRole('heading', { name: 'What happened' })).toBeVisible()
    await expectAccessibleInBothThemes(page)
    await page.getByRole('button', { name: 'Add evidence' }).click()
    await expect(page.getByLabel('What was said or happened?')).toBeVisible()
    await expectAccessibleInBothThemes(page)
  })
}
