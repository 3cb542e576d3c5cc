import { expect, expectAccessibleInBothThemes, settled, test } from './fixtures'
import { pdf } from './pdf'

test('a review is answered from Home, from a notice and from the board; dates hold in their zone', async ({ open }) => {
  const page = await open('marketer')
  await page.goto('/library/review')
  const first = page.getByRole('region', { name: 'Used much, review due' })
  await expect(first).toBeVisible()
  await settled(page)
  await expectAccessibleInBothThemes(page)
  const due = page.getByRole('button', { name: 'Still right' })
  const before = await due.count()
  expect(before).toBeGreaterThan(0)
  const group = page.getByRole('group', { name: /^Review of/ }).first()
  const title = ((await group.getAttribute('aria-label')) ?? '').replace('Review of ', '')
  await group.getByRole('button', { name: 'Still right' }).click()
  await expect(page.getByText(/Checked\. It is due again on/)).toBeVisible()
  await expect(due).toHaveCount(before - 1)

  // the next version begins where the published one is, and is begun once
  await page.getByRole('link', { name: title, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await page.getByRole('button', { name: 'Update', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Write the next version' }).click()
  await expect(page).toHaveURL(/\/drafts\//)
  const draft = new URL(page.url()).pathname
  await page.goBack()
  await page.getByRole('button', { name: 'Update', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Write the next version' }).click()
  await expect(page).toHaveURL(new RegExp(`${draft}$`))
  await page.goBack()

  // a new file, from the resource
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Update', exact: true }).click()
  await page.getByRole('menuitem', { name: 'New file…' }).click()
  await (await chooser).setFiles({ name: 'prices-new.pdf', mimeType: 'application/pdf', buffer: pdf([['New prices']]) })
  await expect(page.getByText('The new file is in, and counts as checked.')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('prices-new.pdf').first()).toBeVisible()

  // expiry, to the minute, by the clock of another place
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Until').fill('2099-03-01T09:00')
  await dialog.getByRole('combobox', { name: 'Time zone of the two' }).fill('Tokyo')
  await page.getByRole('option', { name: 'Asia/Tokyo' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(/Mar 1, 2099, 9:00.AM, Asia\/Tokyo/)).toBeVisible()
})
