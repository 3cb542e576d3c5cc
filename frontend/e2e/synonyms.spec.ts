import { expect, expectAccessibleInBothThemes, settled, test } from './fixtures'

test('a lead adds words of the company, tries them, and takes them away again', async ({ open }) => {
  const page = await open('salesLead')
  await page.goto('/settings/synonyms')
  await page.getByRole('button', { name: 'New synonyms' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Words that mean the same' }).fill('quibblebox\nreefer')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved. Searches know it within seconds.')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Words to look for' }).fill('quibblebox')
  const tried = page.getByRole('region', { name: 'Try a search' })
  await expect(tried.getByText('also finds reefer')).toBeVisible()
  // within seconds on every node
  await expect(async () => {
    await page.getByRole('searchbox', { name: 'Words to look for' }).fill('quibblebox guide')
    await page.getByRole('searchbox', { name: 'Words to look for' }).fill('quibblebox')
    await expect(tried.getByRole('link', { name: /reefer/i }).first()).toBeVisible({ timeout: 1500 })
  }).toPass({ timeout: 30_000 })
  await settled(page)
  await expectAccessibleInBothThemes(page)
  await page.getByRole('button', { name: 'Delete: quibblebox, reefer' }).click()
  await expect(tried.getByText('None of these words has synonyms.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('button', { name: 'Delete: quibblebox, reefer' })).toBeVisible()
})
