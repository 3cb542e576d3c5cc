import { emailOf, expect, expectAccessible, password, test } from './fixtures'

test('a visitor signs in and lands on the page that was asked for', async ({ page }) => {
  await page.goto('/people?side=sales')
  await expect(page).toHaveURL(/\/sign-in/)
  await page.getByLabel('E-mail address').fill(emailOf('rep'))
  await page.getByRole('textbox', { name: 'Password' }).fill('wrong password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/\/people\?side=sales/)
  await expect(page.getByRole('heading', { name: 'People', level: 1 })).toBeVisible()
})

test('a session that ends keeps the page and what was typed, and the save goes through afterwards', async ({
  open,
}) => {
  const page = await open('rep2')
  await page.goto('/settings')
  const bio = page.getByLabel('About you')
  await expect(bio).toBeVisible()
  const words = `Sells to hospitals (${Date.now()}).`
  await bio.fill(words)
  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Save' }).click()

  const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
  await dialog.getByRole('textbox', { name: 'Password' }).fill(password)
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByText('Profile saved.')).toBeVisible()
  await page.reload()
  await expect(bio).toHaveValue(words)
})

test('an administrator invites, the invited person joins once', async ({ open, browser, baseURL }) => {
  const admin = await open('admin')
  await admin.goto('/people')
  await admin.getByRole('button', { name: 'Invite' }).click()
  const dialog = admin.getByRole('dialog')
  await dialog.getByLabel('E-mail address').fill(`new-${Date.now()}@kelvora.example`)
  await dialog.getByRole('button', { name: 'Make link' }).click()
  const link = await dialog.getByLabel('Invitation link').inputValue()

  const context = await browser.newContext({ baseURL })
  const page = await context.newPage()
  await page.goto(new URL(link).pathname)
  await page.getByLabel('Your name').fill('Ida Berg')
  await page.getByLabel('Choose a password').fill('a sentence is easier')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('button', { name: 'Your account' }).first()).toContainText('Ida Berg')
  await page.context().clearCookies()
  await page.goto(new URL(link).pathname)
  await expect(page.getByRole('heading', { name: 'This invitation is no longer valid' })).toBeVisible()
  await context.close()
})

test('in the demo workspace its people are one press away', async ({ page }) => {
  await page.goto('/sign-in')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Marta Lindqvist' }).click()
  await expect(page.getByRole('button', { name: 'Your account' }).first()).toContainText('Marta Lindqvist')
})
