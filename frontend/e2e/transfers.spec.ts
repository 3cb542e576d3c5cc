import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, expectAccessible, expectAccessibleInBothThemes, test } from './fixtures'

const list = [
  'title;file;text;type;tags',
  'Transfer one-pager;transfer-one.txt;;one_pager;transfer|pumps',
  'Transfer article;;# Words of the article;guide;transfer',
  'Without its file;nowhere.txt;;guide;',
  'Too few cells;x',
].join('\n')

test('a list with its files is looked at, brought in, and taken out again', async ({ open }) => {
  const page = await open('marketer2')
  await page.goto('/library')
  await page.getByRole('main').getByRole('link', { name: 'Import' }).click()
  await expect(page.getByRole('heading', { name: 'Import', exact: true })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Export', exact: true })).toHaveCount(0)
  await page.locator('input[type=file]:not([webkitdirectory])').setInputFiles([
    { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(list) },
    { name: 'transfer-one.txt', mimeType: 'text/plain', buffer: Buffer.from('words of a one-pager') },
  ])
  await expect(page.getByText('Nothing has come in yet.')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('The file nowhere.txt is not here.')).toBeVisible()
  await expect(page.getByText('list.csv, row 5')).toBeVisible()
  await expectAccessibleInBothThemes(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.getByRole('button', { name: 'Bring in 2' }).click()
  await expect(page.getByText('This is what was done.')).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: /Refused/ }).click()
  await expect(page.getByRole('row')).toHaveCount(3)
  const report = await page.request.get(
    (await page.getByRole('link', { name: 'Download report' }).getAttribute('href')) as string,
  )
  expect(await report.text()).toContain('list.csv,5,refused,columns')
  await page.getByRole('button', { name: 'New 2' }).click()
  await page.getByRole('link', { name: 'Transfer article' }).click()
  await expect(page.getByText('Words of the article')).toBeVisible()

  const folder = join(test.info().outputPath(), 'Decks')
  for (const part of ['Pharma', 'Food']) {
    mkdirSync(join(folder, part), { recursive: true })
    writeFileSync(join(folder, part, 'same name.txt'), `Words about ${part}`)
  }
  writeFileSync(join(folder, '.DS_Store'), 'x')
  await page.goto('/transfers')
  await page.locator('input[webkitdirectory]').setInputFiles(folder)
  await expect(page.getByRole('heading', { level: 1, name: 'Decks' })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('button', { name: 'Bring in 2' })).toBeVisible({ timeout: 30_000 })

  const admin = await open('admin')
  await admin.goto('/transfers')
  await admin.getByRole('button', { name: 'Take everything out' }).click()
  const download = admin.getByRole('link', { name: 'Download', exact: true }).first()
  await expect(download).toBeVisible({ timeout: 60_000 })
  await expectAccessible(admin)
  const file = await admin.request.get((await download.getAttribute('href')) as string)
  expect(file.ok()).toBe(true)
  expect((await file.body()).subarray(0, 2).toString()).toBe('PK')
  await admin.goto('/notifications')
  await expect(admin.getByText('The export is ready to be downloaded').first()).toBeVisible()
})
