import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from './fixtures'

const editorOf = (page: Page) => page.getByRole('textbox', { name: 'Text of the piece' })
const saved = (page: Page) => expect(page.getByText('Saved', { exact: true })).toBeVisible()

/** A draft of the signed-in marketer, in writing, with a contributor from sales. */
async function plan(page: Page, title: string): Promise<string> {
  const { items } = await (await page.request.get('/api/v1/people?q=jonas')).json()
  const contributors = items.slice(0, 1).map((person: { id: string }) => person.id)
  const data = { title, content_type: 'blog_post', brief: {}, contributors }
  const answer = await page.request.post('/api/v1/drafts', { data })
  expect(answer.status(), await answer.text()).toBe(201)
  const { id } = await answer.json()
  await page.request.post(`/api/v1/drafts/${id}/moves`, { data: { action: 'start' } })
  return id
}

/** A real picture, as base64: drawn by the browser. */
const drawn = (page: Page) =>
  page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 640
    canvas.height = 360
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    context.fillStyle = '#2454a8'
    context.fillRect(0, 0, 640, 360)
    context.fillStyle = '#ffffff'
    for (let i = 0; i < 6; i++) context.fillRect(60 + i * 90, 320 - i * 45, 50, i * 45)
    return canvas.toDataURL('image/png').split(',')[1] ?? ''
  })

/** Drops or pastes, as another program's drag or clipboard does. */
async function bring(page: Page, kind: 'drop' | 'paste', what: { png?: string; name?: string; html?: string }) {
  await editorOf(page).evaluate(
    (target, [event, { png, name, html }]) => {
      const data = new DataTransfer()
      if (png) {
        const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0))
        data.items.add(new File([bytes], name ?? 'picture.png', { type: 'image/png' }))
      }
      if (html) {
        data.setData('text/html', html)
        data.setData('text/plain', 'words')
      }
      const box = target.getBoundingClientRect()
      const common = { bubbles: true, cancelable: true }
      target.dispatchEvent(
        event === 'drop'
          ? new DragEvent('drop', { ...common, dataTransfer: data, clientX: box.x + 20, clientY: box.y + 20 })
          : new ClipboardEvent('paste', { ...common, clipboardData: data }),
      )
    },
    [kind, what] as const,
  )
}

test('a picture is dropped, described and seen by a reader', async ({ open }) => {
  test.slow()
  const tom = await open('marketer')
  const id = await plan(tom, `Pictures ${Date.now()}`)
  await tom.goto(`/drafts/${id}`)
  await editorOf(tom).click()
  await tom.keyboard.type('Before the picture')
  await bring(tom, 'drop', { png: await drawn(tom), name: 'chart.png' })
  const picture = editorOf(tom).locator('figure img')
  await expect(picture).toBeVisible({ timeout: 20_000 })
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(640)

  await tom.getByRole('button', { name: 'Describe this picture' }).click()
  const panel = tom.getByRole('group', { name: 'Picture' })
  await panel.getByLabel('What does it show?').fill('Six bars, each higher than the one before')
  await panel.getByLabel('Caption').fill('Days without an alarm')
  await panel.getByText('Full', { exact: true }).click()
  await expect(editorOf(tom).locator('figcaption')).toHaveText('Days without an alarm')
  await expect(tom.getByRole('button', { name: 'Describe this picture' })).toHaveCount(0)
  await expectAccessible(tom)
  await saved(tom)

  const jonas = await open('rep')
  await jonas.goto(`/drafts/${id}`)
  const seen = jonas.getByRole('img', { name: 'Six bars, each higher than the one before' })
  await expect(seen).toBeVisible()
  await expect.poll(() => seen.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(640)

  // nobody else sees it by its address
  const src = (await seen.getAttribute('src')) ?? ''
  const aoife = await open('rep2')
  expect((await aoife.request.get(src)).status()).toBe(404)
})

const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{color:red}</style></head><body>
<h1>Costs<o:p></o:p></h1><script>document.title='gone'</script>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·&nbsp;</span><![endif]>First point</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·&nbsp;</span><![endif]>Second <b>point</b></p>
<table><tr><td><p>Cell one</p></td><td><p>Cell two</p></td></tr></table>
<p><span style='display:none'>hidden</span><a href="https://example.com/x">A link</a></p></body></html>`

test('a document of Word is pasted, leaves for Word and comes back', async ({ open }) => {
  test.slow()
  const tom = await open('marketer')
  const id = await plan(tom, `From Word ${Date.now()}`)
  await tom.goto(`/drafts/${id}`)
  await editorOf(tom).click()
  await bring(tom, 'paste', { html: word })
  const text = editorOf(tom)
  const check = async () => {
    await expect(text.getByRole('heading', { name: 'Costs' })).toBeVisible()
    await expect(text.locator('ul > li')).toHaveText(['First point', 'Second point'])
    await expect(text.locator('td')).toHaveText(['Cell one', 'Cell two'])
    await expect(text.getByRole('link', { name: 'A link' })).toHaveAttribute('href', 'https://example.com/x')
    await expect(text).not.toContainText('hidden')
  }
  await check()
  await text.getByText('Cell two').click()
  await tom.getByRole('toolbar', { name: 'Table' }).getByRole('button', { name: 'Row below' }).click()
  await expect(text.locator('td')).toHaveCount(4)
  await tom.keyboard.press('ControlOrMeta+z')
  await expect(text.locator('td')).toHaveCount(2)
  await saved(tom)

  await tom.getByRole('button', { name: 'Export and import' }).click()
  const coming = tom.waitForEvent('download')
  await tom.getByRole('menuitem', { name: 'Download for Word' }).click()
  const file = await coming
  expect(file.suggestedFilename()).toMatch(/^From Word \d+\.docx$/)
  const path = await file.path()

  await text.click()
  await tom.keyboard.press('ControlOrMeta+a')
  await tom.keyboard.press('Delete')
  await tom.keyboard.type('Old text')
  await saved(tom)
  await tom.getByRole('button', { name: 'Export and import' }).click()
  await tom.getByRole('menuitem', { name: 'Import Word or Markdown' }).click()
  const dialog = tom.getByRole('dialog', { name: 'Import a text' })
  const chosen = tom.waitForEvent('filechooser')
  await dialog.getByRole('button', { name: 'Choose a file' }).click()
  await (await chosen).setFiles({
    name: 'back.docx',
    mimeType: '',
    buffer: await (await import('node:fs/promises')).readFile(path),
  })
  await expect(dialog.getByText('Cell two')).toBeVisible({ timeout: 20_000 })
  await expectAccessible(tom)
  await dialog.getByText('Replace the text').first().click()
  await dialog.getByRole('button', { name: 'Replace the text' }).click()
  await check()
  await expect(text).not.toContainText('Old text')
  await saved(tom)
  await tom.keyboard.press('Escape')
  await text.click()
  await tom.keyboard.press('ControlOrMeta+z')
  await expect(text).toContainText('Old text')
  const { items } = await (await tom.request.get(`/api/v1/drafts/${id}/versions`)).json()
  expect(items[0].label).toBe('Before back.docx was imported')
})

test('Markdown comes in, and what is no document says so', async ({ open }) => {
  const tom = await open('marketer', { phone: true })
  const id = await plan(tom, `Markdown ${Date.now()}`)
  await tom.goto(`/drafts/${id}`)
  await editorOf(tom).click()
  const choose = async (name: string, words: string) => {
    await tom.getByRole('button', { name: 'Export and import' }).click()
    await tom.getByRole('menuitem', { name: 'Import Word or Markdown' }).click()
    const chosen = tom.waitForEvent('filechooser')
    await tom.getByRole('button', { name: 'Choose a file' }).click()
    await (await chosen).setFiles({ name, mimeType: '', buffer: Buffer.from(words) })
  }
  await choose('broken.docx', 'this is no archive')
  await expect(tom.getByRole('alert')).toContainText('could not be read')
  await tom.keyboard.press('Escape')
  await choose(
    'notes.md',
    '---\ntitle: From notes\n---\n\n- one\n- two\n\n![there](https://elsewhere.example/x.png)\n\n<script>1</script>',
  )
  const dialog = tom.getByRole('dialog', { name: 'Import a text' })
  await expect(dialog.getByText('became a link')).toBeVisible()
  await expectAccessible(tom)
  await dialog.getByRole('button', { name: 'Add at the end' }).click()
  await expect(editorOf(tom).getByRole('heading', { name: 'From notes' })).toBeVisible()
  await expect(editorOf(tom).locator('li')).toHaveText(['one', 'two'])
  await saved(tom)
})

test('a resource gets a picture of its own, and a page of its file; both are taken back', async ({ open }) => {
  test.slow()
  const tom = await open('marketer')
  const title = 'Kelvora Tag: data sheet'
  const { items } = await (await tom.request.get(`/api/v1/resources?q=${encodeURIComponent(title)}&limit=5`)).json()
  const { id } = items.find((r: { title: string }) => r.title === title)
  const shown = async (page: Page) => (await (await page.request.get(`/api/v1/resources/${id}`)).json()).preview_url
  const before = await shown(tom)
  await tom.goto(`/library/${id}`)
  const dialog = tom.getByRole('dialog', { name: 'Picture' })
  const openDialog = async () => {
    await tom.getByRole('button', { name: 'More actions' }).click()
    await tom.getByRole('menuitem', { name: 'Choose the picture' }).click()
    await expect(dialog).toBeVisible()
  }
  const upload = async (name: string, mimeType: string, buffer: Buffer) => {
    const chosen = tom.waitForEvent('filechooser')
    await dialog.getByRole('button', { name: 'Upload a picture…' }).click()
    await (await chosen).setFiles({ name, mimeType, buffer })
  }
  await openDialog()
  await expectAccessible(tom)
  await upload('evil.png', 'image/png', Buffer.from('<svg onload="alert(1)"/>'))
  await expect(dialog.getByRole('alert')).toContainText('evil.png', { timeout: 30_000 })
  await upload('cover.png', 'image/png', Buffer.from(await drawn(tom), 'base64'))
  await expect(tom.getByText('The picture is another one.')).toBeVisible({ timeout: 30_000 })

  // a rep sees what was made of it, and not the file
  const jonas = await open('rep')
  const now = await shown(jonas)
  expect(now).not.toBe(before)
  expect((await jonas.request.get(now)).headers()['content-type']).toMatch(/^image\/(png|jpeg)$/)
  expect((await jonas.request.get(now.replace('/preview', '/download'), { maxRedirects: 0 })).status()).toBe(404)

  // its pages, as soon as there are pictures of them
  const viewer = async () => (await (await tom.request.get(`/api/v1/resources/${id}`)).json()).assets[0].viewer
  await expect.poll(viewer, { timeout: 120_000 }).toBe('pages')
  await tom.reload()
  await openDialog()
  await dialog.getByRole('button', { name: 'Page 2' }).click()
  await expect.poll(() => shown(jonas)).toContain('/pages/2/picture')
  await tom.getByRole('button', { name: 'Undo' }).last().click()
  await expect.poll(() => shown(jonas)).toBe(now)
  await openDialog()
  await dialog.getByRole('button', { name: 'Take it off' }).click()
  await expect.poll(() => shown(jonas)).toBe(before)
})
