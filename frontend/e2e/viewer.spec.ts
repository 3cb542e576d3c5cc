import type { APIResponse, Page } from '@playwright/test'
import { expect, expectAccessible, test } from './fixtures'

const ok = async (answer: APIResponse) => {
  expect(answer.status(), await answer.text()).toBeLessThan(300)
  return answer
}

/** Uploads a small file, as the browser does, and waits until it has been read. */
async function upload(page: Page, name: string, content: Buffer): Promise<string> {
  const begun = await ok(await page.request.post('/api/v1/assets', { data: { name, size: content.length } }))
  const { id } = (await begun.json()).asset
  const parts = await ok(await page.request.post(`/api/v1/assets/${id}/parts`, { data: { numbers: [1] } }))
  await ok(await page.request.put((await parts.json()).items[0].url, { data: content }))
  await ok(await page.request.post(`/api/v1/assets/${id}/complete`))
  await expect
    .poll(async () => (await (await page.request.get(`/api/v1/assets/${id}`)).json()).state, { timeout: 60_000 })
    .toBe('ready')
  return id
}

/** Half a minute of silence that any browser plays. */
function silence(seconds: number): Buffer {
  const rate = 8000
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + rate * seconds, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(rate * seconds, 40)
  return Buffer.concat([head, Buffer.alloc(rate * seconds, 128)])
}

test('a page is found by its picture, read with words to select and find, by keys and on the whole screen', async ({
  open,
}) => {
  test.slow()
  const page = await open('rep')
  const list = await (await page.request.get('/api/v1/resources?q=Halvard%20Biologics&limit=1')).json()
  const resource = `/api/v1/resources/${list.items[0].id}`
  const file = async () =>
    (await (await page.request.get(resource)).json()).assets.find((a: { kind: string }) => a.kind === 'pdf')
  await expect.poll(async () => (await file()).viewer, { timeout: 90_000 }).toBe('pages') // drawn after it was read
  const { id, name } = await file()
  const { items } = await (await page.request.get(`/api/v1/assets/${id}/pages`)).json()
  await page.goto('/search?q=lyophilisate')
  const hit = page
    .getByRole('main')
    .getByRole('link', { name: /Halvard Biologics/ })
    .first()
  await expect(hit).toContainText('Page 3')
  const small = hit.locator('img')
  await expect.poll(() => small.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(240)
  await hit.click()
  await expect(page).toHaveURL(/page=3/)
  const viewer = page.getByRole('region', { name: `${name}, page by page` })
  const sheet = (n: number) => viewer.getByRole('document', { name: new RegExp(`^Page ${n} of`) })
  await expect(sheet(3)).toBeInViewport()
  await expect(sheet(3).locator('mark').first()).toBeVisible()
  await expect
    .poll(() =>
      sheet(3)
        .locator('img')
        .evaluate((img: HTMLImageElement) => img.naturalWidth),
    )
    .toBeGreaterThan(700)
  // nothing of the file is in a frame of ours
  await expect(page.locator('iframe, object, embed')).toHaveCount(0)
  await expectAccessible(page)

  await viewer.getByRole('button', { name: 'Next page' }).click()
  await expect(page).toHaveURL(/page=4/)
  await viewer.getByRole('region', { name: 'Pages' }).focus()
  await page.keyboard.press('End')
  await expect(page).toHaveURL(new RegExp(`page=${items.length}(&|$)`))
  await page.keyboard.press('ArrowLeft')
  await expect(page).toHaveURL(new RegExp(`page=${items.length - 1}(&|$)`))
  const box = viewer.getByRole('textbox', { name: 'Find in this file' })
  await page.keyboard.press('Control+f')
  await expect(box).toBeFocused()
  await box.fill('audit')
  await expect(viewer.getByText(/^\d of \d+$/)).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(viewer.locator('mark[data-current]')).toBeInViewport()
  await box.fill('the')
  const nth = viewer.getByText(/^\d+ of \d+$/)
  await expect(nth).not.toHaveText(/ of 1$/)
  const at = await nth.innerText()
  await viewer.getByRole('region', { name: 'Pages' }).focus()
  await page.keyboard.press('n') // to the first
  await page.keyboard.press('n')
  await expect(nth).not.toHaveText(at)
  await page.keyboard.press('Shift+N')
  await expect(nth).toHaveText(at)
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', String(document.images.length))
  })
  await viewer.getByRole('button', { name: 'Print' }).click()
  await expect
    .poll(async () => Number(await page.locator('body').getAttribute('data-printed')))
    .toBeGreaterThanOrEqual(items.length)
  await box.fill('quantumzebra')
  await expect(viewer.getByText('Not found')).toBeVisible()

  const wide = (await viewer.getByRole('document').first().boundingBox())?.width ?? 0
  await viewer.getByRole('region', { name: 'Pages' }).focus()
  await page.keyboard.press('+')
  await expect
    .poll(async () => (await viewer.getByRole('document').first().boundingBox())?.width ?? 0)
    .toBeGreaterThan(wide * 1.2)
  await page.keyboard.press('0')
  await page.keyboard.press('f')
  await expect(viewer.getByRole('button', { name: /Leave full screen/ })).toBeVisible()
  await page.keyboard.press('f')
  await expect(viewer.getByRole('button', { name: 'Full screen (f)' })).toBeVisible()
  await viewer.getByRole('textbox', { name: 'Page', exact: true }).fill('2')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/page=2(&|$)/)
  await page.reload()
  await expect(sheet(2)).toBeInViewport()
})

test('what is said is found at its second, follows the player and is played in parts; rows of a table are shown', async ({
  open,
}) => {
  test.slow()
  const tom = await open('marketer')
  const title = 'Forty seconds with a driver'
  const { id } = await (
    await ok(await tom.request.post('/api/v1/drafts', { data: { title, content_type: 'audio_story', brief: {} } }))
  ).json()
  const move = async (page: Page, action: string) =>
    ok(await page.request.post(`/api/v1/drafts/${id}/moves`, { data: { action } }))
  await move(tom, 'start')
  const captions =
    'WEBVTT\n\n00:02.000 --> 00:05.000\nGood morning\n\n00:23.000 --> 00:26.000\nThe trailer was\n\n00:26.000 --> 00:28.000\na walrus\n\n00:28.000 --> 00:30.000\nand <b>nobody</b> asked.\n'
  for (const [name, content] of [
    ['driver.wav', silence(40)],
    ['driver.en.vtt', Buffer.from(captions)],
    [
      'driver.chapters.vtt',
      Buffer.from('WEBVTT\n\n00:00.000 --> 00:20.000\nAt the dock\n\n00:20.000 --> 00:40.000\nOn the road\n'),
    ],
    ['stops.csv', Buffer.from('Stop,Minutes\nPoznań,11\nLyon,42\n')],
  ] as const) {
    const asset = await upload(tom, name, content)
    await ok(await tom.request.put(`/api/v1/drafts/${id}/assets/${asset}`, { data: {} }))
  }
  await move(tom, 'submit')
  for (const who of ['salesLead', 'marketingLead'] as const) {
    const lead = await open(who)
    const versions = await (await lead.request.get(`/api/v1/drafts/${id}/versions`)).json()
    const { id: version_id, hash } = versions.items[0]
    await ok(await lead.request.post(`/api/v1/drafts/${id}/approvals`, { data: { version_id, hash } }))
  }
  await move(tom, 'publish')
  const { resource_id } = await (await tom.request.get(`/api/v1/drafts/${id}`)).json()
  await expect
    .poll(
      async () => {
        const { assets } = await (await tom.request.get(`/api/v1/resources/${resource_id}`)).json()
        return assets.map((a: { viewer: string }) => a.viewer).sort()
      },
      { timeout: 90_000 },
    )
    .toEqual(['audio', 'captions', 'captions', 'table'])

  const page = await open('rep')
  await expect
    .poll(async () => (await (await page.request.get('/api/v1/search?q=walrus')).json()).hits[0]?.second, {
      timeout: 30_000,
    })
    .toBe(23)
  const ranges: number[] = []
  page.on('response', (r) => {
    if (r.request().resourceType() === 'media' && r.url().includes('X-Amz-Signature')) ranges.push(r.status())
  })
  await page.goto('/search?q=walrus')
  const hit = page.getByRole('main').getByRole('link', { name: new RegExp(title) })
  await expect(hit).toContainText('At 0:23')
  await hit.click()
  await expect(page).toHaveURL(/t=23/)
  const media = page.getByRole('region', { name: 'driver.wav, with what is said' })
  const sound = media.locator('audio')
  await expect.poll(() => sound.evaluate((a: HTMLAudioElement) => a.currentTime)).toBe(26)
  const line = media.getByRole('button', { name: /a walrus/ })
  await expect(line).toHaveAttribute('aria-current', 'true')
  await expect(line.locator('mark')).toHaveText('walrus')
  await expect(media.getByRole('button', { name: /nobody asked/ })).toBeVisible() // tags of the file are gone
  expect(ranges).toContain(206)
  await expectAccessible(page)
  await media.getByRole('button', { name: /Good morning/ }).click()
  await expect.poll(() => sound.evaluate((a: HTMLAudioElement) => !a.paused && a.currentTime)).toBeGreaterThan(2)
  await media.getByRole('button', { name: /On the road/ }).click()
  await expect.poll(() => sound.evaluate((a: HTMLAudioElement) => a.currentTime)).toBeGreaterThanOrEqual(20)
  await expect(media.getByRole('button', { name: /On the road/ })).toHaveAttribute('aria-current', 'step')

  const rows = page.getByRole('button', { name: 'See the first rows' })
  if (await rows.isVisible()) await rows.click()
  await expect(page.getByRole('row', { name: /Lyon 42/ })).toBeVisible()
})
