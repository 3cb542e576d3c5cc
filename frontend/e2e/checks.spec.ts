import { expect, expectAccessibleInBothThemes, settled, test } from './fixtures'

test('what the nightly checks find is mended in place, or dismissed with a reason', async ({ open }) => {
  const admin = await open('admin')
  const api = admin.request
  const list = await (await api.get('/api/v1/resources?content_type=audio_story')).json()
  const { id, rev, title, content_type, lang, taxonomy } = list.items[0]
  const changed = await api.put(`/api/v1/resources/${id}`, {
    headers: { 'If-Match': `"${rev}"` },
    data: { title, content_type, lang, taxonomy: { ...taxonomy, products: [] } },
  })
  expect(changed.status()).toBe(200)
  const asked = await api.put('/api/v1/taxonomy/required/audio_story', { data: { facets: ['product'] } })
  expect(asked.status()).toBe(200)
  await admin.goto('/library/review')
  await admin.getByRole('link', { name: 'Checks' }).click()
  await admin.getByRole('button', { name: 'Check now' }).click()
  await expect(admin.getByText('Checking. It takes a moment.')).toBeVisible()
  await admin.getByRole('tab', { name: 'Missing tags' }).click()
  const row = admin.getByRole('listitem').filter({ hasText: title })
  await expect(row.getByText(/Lacks: Products/)).toBeVisible({ timeout: 30_000 })
  await settled(admin)
  await expectAccessibleInBothThemes(admin)

  await row.getByRole('button', { name: 'Dismiss' }).click()
  await row.getByLabel('Why is it all right?').fill('It is for everybody.')
  await row.locator('form').getByRole('button', { name: 'Dismiss' }).click()
  await expect(row).toHaveCount(0)
  await admin.getByRole('button', { name: 'Undo' }).click()
  await expect(row).toBeVisible()

  await row.getByRole('button', { name: 'Set tags…' }).click()
  await row.getByRole('combobox', { name: 'Products' }).fill('Tag')
  await admin.keyboard.press('Enter')
  await row.getByRole('button', { name: 'Save' }).click()
  await expect(admin.getByText('Mended.')).toBeVisible()
  await expect(row).toHaveCount(0)

  // the other tests of this workspace publish this type too
  expect((await api.put('/api/v1/taxonomy/required/audio_story', { data: { facets: [] } })).status()).toBe(200)
})
