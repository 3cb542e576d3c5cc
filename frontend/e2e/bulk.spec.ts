import { expect, expectAccessibleInBothThemes, settled, test } from './fixtures'

test('many resources are selected by mouse and keys, changed after a preview, and taken back', async ({ open }) => {
  test.slow()
  const page = await open('marketer')
  await page.goto('/library?sort=title')
  await page.getByRole('button', { name: 'Select', exact: true }).click()
  const boxes = page.getByRole('main').getByRole('checkbox', { name: /^Select “/ })
  await boxes.nth(0).check()
  await boxes.nth(3).click({ modifiers: ['Shift'] })
  const bar = page.getByRole('toolbar', { name: 'What is selected' })
  await expect(bar.getByText('4 selected')).toBeVisible()
  await page.locator('[data-resource]').nth(4).focus()
  await page.keyboard.press('x')
  await expect(bar.getByText('5 selected')).toBeVisible()
  await page.keyboard.press('x')
  await expect(bar.getByText('4 selected')).toBeVisible()

  await bar.getByRole('button', { name: 'Change…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Values' }).fill('for the fair')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab') // the list of suggestions goes
  await dialog.getByLabel('Sharing').selectOption('Internal')
  await settled(page)
  await expectAccessibleInBothThemes(page)
  await dialog.getByRole('button', { name: 'Preview' }).click()
  await expect(dialog.getByText('4 resources would change.')).toBeVisible()
  await expect(dialog.getByText(/Tags: .* → .*for the fair/).first()).toBeVisible()
  await dialog.getByRole('button', { name: 'Change 4 resources' }).click()
  await expect(page.getByText('4 resources are changed.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('4 resources are as they were.')).toBeVisible()

  // everything that fits the filters, and one that somebody else changes meanwhile
  await page.goto('/library?sort=title&type=%5B%22case_study%22%5D')
  await page.getByRole('button', { name: 'Select', exact: true }).click()
  await boxes.nth(0).check()
  await page
    .getByRole('toolbar')
    .getByRole('button', { name: /^Select all/ })
    .click()
  const total = await boxes.count()
  await expect(page.getByRole('toolbar').getByText(`${total} selected`)).toBeVisible()
  await page.getByRole('button', { name: 'Change…' }).click()
  await dialog.getByRole('combobox', { name: 'Values' }).fill('spring')
  await page.keyboard.press('Enter')
  const other = await open('marketer2')
  const list = await other.request.get('/api/v1/resources?content_type=case_study')
  const [first] = (await list.json()).items
  const { title, content_type, lang, taxonomy, rev, id } = first
  const put = await other.request.put(`/api/v1/resources/${id}`, {
    headers: { 'If-Match': `"${rev}"` },
    data: { title, content_type, lang, taxonomy, summary: 'Changed meanwhile.' },
  })
  expect(put.status()).toBe(200)
  await dialog.getByRole('button', { name: 'Preview' }).click()
  await expect(dialog.getByText('1 was changed by somebody since you saw it: left as it is')).toBeVisible()
  await dialog.getByRole('button', { name: `Change ${total - 1} resource` }).click()
  await expect(dialog.getByRole('button', { name: 'Close' }).last()).toBeVisible()
})
