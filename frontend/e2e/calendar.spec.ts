import type { Locator, Page } from '@playwright/test'
import { addDays } from '../src/shared/lib/days'
import { expect, expectAccessible, expectAccessibleInBothThemes, settled, test } from './fixtures'

interface Planned {
  title: string
  id: string
}

let count = 0

/** Plans a piece through the API, as the signed-in marketer. */
async function plan(page: Page, brief: Record<string, unknown>, words = 'Calendar piece'): Promise<Planned> {
  const title = `${words} ${Date.now().toString(36)}${++count}`
  const answer = await page.request.post('/api/v1/drafts', { data: { title, content_type: 'deck', brief } })
  expect(answer.status(), await answer.text()).toBe(201)
  return { title, id: (await answer.json()).id }
}

async function briefOf(page: Page, { id }: Planned): Promise<{ publish_on?: string; due_on?: string }> {
  return (await (await page.request.get(`/api/v1/drafts/${id}`)).json()).brief
}

const dayOf = (page: Page, day: string): Locator => page.locator(`[data-day="${day}"]`)
const entryOf = (within: Page | Locator, { title }: Planned): Locator =>
  within.locator('[data-entry]').filter({ hasText: title })

/** The n-th Sunday of a month, or the last one (-1). */
function sunday(year: number, month: number, n: number): string {
  const all: string[] = []
  for (
    let day = `${year}-${String(month).padStart(2, '0')}-01`;
    Number(day.slice(5, 7)) === month;
    day = addDays(day, 1)
  ) {
    if (new Date(`${day}T12:00:00Z`).getUTCDay() === 0) all.push(day)
  }
  return all.at(n > 0 ? n - 1 : n) ?? ''
}

const nextYear = new Date().getFullYear() + 1
const changes = [
  {
    timezoneId: 'Europe/Berlin',
    locale: 'de-DE',
    first: 'Monday',
    days: [sunday(nextYear, 3, -1), sunday(nextYear, 10, -1)],
  },
  {
    timezoneId: 'America/New_York',
    locale: 'en-US',
    first: 'Sunday',
    days: [sunday(nextYear, 3, 2), sunday(nextYear, 11, 1)],
  },
]

for (const { timezoneId, locale, first, days } of changes) {
  test(`a piece is dragged across the change of the clock in ${timezoneId} and keeps the day it was dropped on`, async ({
    open,
  }) => {
    test.slow()
    const tom = await open('marketer', { timezoneId, locale })
    for (const day of days) {
      const [before, after] = [addDays(day, -1), addDays(day, 1)]
      const piece = await plan(tom, { publish_on: before })
      await tom.goto(`/calendar?date=${before}`)
      await expect(tom.getByRole('columnheader').first()).toHaveText(new RegExp(first))
      await expect(entryOf(dayOf(tom, before), piece)).toBeVisible()
      await dayOf(tom, after).scrollIntoViewIfNeeded() // or the page would scroll under the pointer
      await entryOf(tom, piece).dragTo(dayOf(tom, after))
      await expect(entryOf(dayOf(tom, after), piece)).toBeVisible()
      await expect.poll(async () => (await briefOf(tom, piece)).publish_on).toBe(after)
      await tom.reload()
      await expect(entryOf(dayOf(tom, after), piece)).toBeVisible()

      await entryOf(tom, piece).dragTo(dayOf(tom, day)) // onto the day that has 23 or 25 hours
      await expect.poll(async () => (await briefOf(tom, piece)).publish_on).toBe(day)
      await tom.getByRole('button', { name: 'Undo' }).last().click()
      await expect(entryOf(dayOf(tom, after), piece)).toBeVisible()
      await expect.poll(async () => (await briefOf(tom, piece)).publish_on).toBe(after)

      await tom.goto(`/calendar?view=agenda&date=${after}`)
      await expect(entryOf(dayOf(tom, after), piece)).toBeVisible()
    }
  })
}

test('moving by menu and keyboard, from the tray and back into it', async ({ open }) => {
  const day = `${nextYear}-06-15`
  const tom = await open('marketer')
  const piece = await plan(tom, {})
  await tom.goto(`/calendar?date=${day}&show=mine`)
  const tray = tom.getByRole('complementary', { name: 'Not on the calendar' })
  await expect(entryOf(tray, piece)).toBeVisible()
  await entryOf(tray, piece).dragTo(dayOf(tom, day))
  await expect(entryOf(dayOf(tom, day), piece)).toBeVisible()

  await tom.locator(`[data-date="${day}"]`).focus()
  await tom.keyboard.press('ArrowDown')
  await expect(tom.locator(`[data-date="${addDays(day, 7)}"]`)).toBeFocused()

  await entryOf(tom, piece).getByRole('link').focus()
  await tom.keyboard.press('m')
  await tom.getByRole('menuitem', { name: 'A week later' }).click()
  await expect(entryOf(dayOf(tom, addDays(day, 7)), piece)).toBeVisible()

  await entryOf(tom, piece).getByRole('button').click()
  await tom.getByRole('menuitem', { name: 'Move to date…' }).click()
  const dialog = tom.getByRole('dialog')
  await expectAccessible(tom)
  await dialog.getByLabel('Day').fill(`${nextYear}-06-02`)
  await tom.keyboard.press('Enter')
  await expect(entryOf(dayOf(tom, `${nextYear}-06-02`), piece)).toBeVisible()
  await expect.poll(async () => (await briefOf(tom, piece)).publish_on).toBe(`${nextYear}-06-02`)

  await plan(tom, {}) // the tray is there while something is in it
  await tom.reload()
  await entryOf(tom, piece).dragTo(tray, { targetPosition: { x: 60, y: 20 } }) // a long tray would be scrolled to its middle
  await expect(entryOf(tray, piece)).toBeVisible()
  await expect.poll(async () => (await briefOf(tom, piece)).publish_on ?? 'none').toBe('none')
})

test('a step that moves offers to take those after it along, and takes them back', async ({ open }) => {
  const publish = addDays(sunday(nextYear, 6, 4), 3) // a Wednesday
  const tom = await open('marketer')
  const piece = await plan(tom, { publish_on: publish })
  const { due_on: due = '' } = await briefOf(tom, piece)
  expect(due).not.toBe('') // by the lengths of its type
  await tom.goto(`/calendar?lens=due&date=${due}`)
  await entryOf(tom, piece).getByRole('button').click()
  await tom.getByRole('menuitem', { name: 'A week later' }).click()
  await expect(tom.getByText(/Steps after it can move along: text .*, approval .*, publication /)).toBeVisible()
  expect((await briefOf(tom, piece)).publish_on).toBe(publish) // nothing but the one day has moved
  await tom.getByRole('button', { name: 'Move them too' }).click()
  await expect.poll(async () => (await briefOf(tom, piece)).publish_on).toBe(addDays(publish, 7))
  await tom.getByRole('alert').filter({ hasText: 'moved along' }).getByRole('button', { name: 'Undo' }).click()
  await expect.poll(async () => (await briefOf(tom, piece)).publish_on).toBe(publish)
  expect((await briefOf(tom, piece)).due_on).toBe(addDays(due, 7))
})

test('a day that has passed warns, and what is late stands beside the calendar', async ({ open }) => {
  const tom = await open('marketer')
  const piece = await plan(tom, { due_on: `${nextYear}-06-15` }, 'Late piece')
  await tom.goto(`/calendar?lens=due&date=${nextYear}-06-15`)
  await entryOf(tom, piece).getByRole('button').click()
  await tom.getByRole('menuitem', { name: 'Move to date…' }).click()
  await tom.getByRole('dialog').getByLabel('Day').fill('2026-01-05')
  await expect(tom.getByText('This day has passed.')).toBeVisible()
  await tom.keyboard.press('Enter')
  await expect(tom.getByText(/a day that has passed/)).toBeVisible()
  const tray = tom.getByRole('complementary', { name: 'Not on the calendar' })
  await expect(entryOf(tray, piece)).toContainText('Overdue')
  await tom.getByRole('button', { name: 'Undo' }).click()
  await expect(entryOf(dayOf(tom, `${nextYear}-06-15`), piece)).toBeVisible()
})

test('what cannot be moved says why and stays', async ({ open }) => {
  const tom = await open('marketer')
  const published = await (await tom.request.get('/api/v1/drafts?state=published&mine=true')).json()
  const shown = published.items.find((draft: { brief: { publish_on?: string } }) => draft.brief.publish_on)
  await tom.goto(`/calendar?step=published&view=agenda&show=mine&date=${shown.brief.publish_on}`)
  const entry = tom.locator('[data-entry][data-state="published"]').first()
  await expect(entry).toHaveAttribute('data-fixed', 'true')
  await entry.getByRole('button').click()
  await expect(tom.getByText('This piece is published: its date is history.')).toBeVisible()
  await expect(tom.getByRole('menuitem', { name: 'Move to date…' })).toBeDisabled()
})

test('a move that comes too late is taken back in words, and so is one without a connection', async ({ open }) => {
  const [from, to, theirs] = [`${nextYear}-08-10`, `${nextYear}-08-12`, `${nextYear}-08-20`]
  const tom = await open('marketer')
  const piece = await plan(tom, { publish_on: from })
  await tom.goto(`/calendar?date=${from}`)
  await expect(entryOf(dayOf(tom, from), piece)).toBeVisible()

  await tom.route('**/api/v1/drafts/*/date', (route) => route.abort('connectionfailed'))
  await entryOf(tom, piece).dragTo(dayOf(tom, to))
  await expect(tom.getByText('Byline cannot be reached.')).toBeVisible()
  await expect(entryOf(dayOf(tom, from), piece)).toBeVisible()
  await tom.unroute('**/api/v1/drafts/*/date')

  const nora = await open('marketer2')
  const draft = await (await nora.request.get(`/api/v1/drafts/${piece.id}`)).json()
  const moved = await nora.request.put(`/api/v1/drafts/${piece.id}/date`, {
    headers: { 'If-Match': `"${draft.rev}"` },
    data: { lens: 'publish', on: theirs },
  })
  expect(moved.status()).toBe(200)
  await entryOf(tom, piece).dragTo(dayOf(tom, to))
  await expect(tom.getByText(/Somebody changed “.*” in the meantime/)).toBeVisible()
  await expect(entryOf(dayOf(tom, theirs), piece)).toBeVisible()
})

test('each side sees what it may see', async ({ open }) => {
  const day = `${nextYear}-05-04`
  const tom = await open('marketer')
  const jonas = await open('rep')
  const me = (await (await jonas.request.get('/api/v1/session')).json()).user
  const hidden = await plan(tom, { publish_on: day }, 'Not for Jonas')
  const shown = await plan(tom, { publish_on: day }, 'With Jonas')
  const draft = await (await tom.request.get(`/api/v1/drafts/${shown.id}`)).json()
  const put = await tom.request.put(`/api/v1/drafts/${shown.id}`, {
    headers: { 'If-Match': `"${draft.rev}"` },
    data: { title: draft.title, content_type: 'deck', brief: { publish_on: day }, contributors: [me.id] },
  })
  expect(put.status(), await put.text()).toBe(200)
  await jonas.goto(`/calendar?date=${day}`)
  await expect(entryOf(dayOf(jonas, day), shown)).toBeVisible()
  await expect(entryOf(jonas, hidden)).toHaveCount(0)
  await entryOf(jonas, shown).dragTo(dayOf(jonas, addDays(day, 1)))
  await expect(jonas.getByText('its writer and marketing do', { exact: false }).first()).toBeVisible()
  await expect(entryOf(dayOf(jonas, day), shown)).toBeVisible()
})

test('lanes fold, a limit marks its column', async ({ open }) => {
  const helena = await open('marketingLead')
  await helena.goto('/drafts')
  await helena.getByRole('button', { name: 'Limits' }).click()
  const dialog = helena.getByRole('dialog', { name: 'Limits of the columns' })
  await dialog.getByLabel('Writing').fill('1')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expect(helena.getByRole('region', { name: 'Writing' })).toContainText('More than the limit of 1')

  await helena.getByRole('button', { name: 'Lanes' }).click()
  await helena.getByRole('menuitem', { name: 'By writer' }).click()
  const lane = helena.getByRole('button', { name: /Tom Adeyemi/ }).first()
  await expect(lane).toHaveAttribute('aria-expanded', 'true')
  await settled(helena)
  await expectAccessible(helena)
  await lane.click()
  await helena.reload()
  await expect(lane).toHaveAttribute('aria-expanded', 'false')
  await helena.getByText('List', { exact: true }).click()
  await helena.getByRole('button', { name: 'Last changed first' }).click()
  await helena.getByRole('menuitem', { name: 'By title' }).click()
  await expect(helena).toHaveURL(/sort=title/)
})

test('a view is saved, shared, opened by others, deleted and brought back', async ({ open }) => {
  const name = `Decks ${Date.now().toString(36)}`
  const tom = await open('marketer')
  await tom.goto('/drafts?type=deck&view=list')
  await tom.getByRole('button', { name: 'Save view' }).click()
  const dialog = tom.getByRole('dialog', { name: 'Save this view' })
  await expectAccessible(tom)
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByLabel('Everybody in marketing').check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  const views = tom.getByRole('navigation', { name: 'Saved views' })
  await expect(views.getByRole('button', { name, exact: true })).toHaveAttribute('aria-current', 'page')
  await expect(tom.getByRole('button', { name: 'Save view' })).toHaveCount(0)

  const nora = await open('marketer2')
  await nora.goto('/drafts')
  await nora.getByRole('navigation', { name: 'Saved views' }).getByRole('button', { name }).click()
  await expect(nora).toHaveURL(/type=deck/)
  await nora.getByRole('button', { name: `View “${name}”` }).click()
  await expect(nora.getByRole('menuitem', { name: 'Delete' })).toHaveCount(0)
  await nora.getByRole('menuitem', { name: 'Open the page with it' }).click()
  await expect(nora.getByRole('img', { name: 'The page opens with it' })).toBeVisible()
  await nora.goto('/drafts')
  await expect(nora).toHaveURL(/type=deck/)
  const jonas = await open('rep')
  await jonas.goto('/drafts')
  await settled(jonas)
  await expect(jonas.getByRole('button', { name })).toHaveCount(0)

  await tom.getByRole('button', { name: `View “${name}”` }).click()
  await tom.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(views.getByRole('button', { name })).toHaveCount(0)
  await tom.getByRole('button', { name: 'Undo' }).click()
  await expect(tom.getByRole('button', { name, exact: true })).toBeVisible()
  await tom.getByRole('button', { name, exact: true }).click()
  await tom.getByRole('button', { name: `View “${name}”` }).click()
  await tom.getByRole('menuitem', { name: 'Delete' }).click()
})

test('a calendar address is made, fetched and revoked', async ({ open }) => {
  const tom = await open('marketer')
  const piece = await plan(tom, { publish_on: `${nextYear}-07-07` })
  await tom.goto('/settings')
  await tom.getByRole('button', { name: 'Make an address' }).click()
  const address = await tom.getByLabel('Secret address').inputValue()
  const stranger = await open(undefined)
  const text = await (await stranger.request.get(address)).text()
  expect(text).toContain(piece.title)
  expect(text).toContain(`DTSTART;VALUE=DATE:${nextYear}0707`)
  await expectAccessible(tom)
  await tom.getByRole('button', { name: 'Revoke' }).click()
  await tom.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(tom.getByText('The address is revoked.')).toBeVisible()
  expect((await stranger.request.get(address)).status()).toBe(404)
})

test('on a phone the agenda moves by menu, and Undo takes it back', async ({ open }) => {
  const day = `${nextYear}-09-07`
  const tom = await open('marketer', { phone: true, timezoneId: 'Pacific/Apia' })
  const piece = await plan(tom, { publish_on: day })
  await tom.goto(`/calendar?date=${day}`)
  await entryOf(dayOf(tom, day), piece).getByRole('button').click()
  await tom.getByRole('menuitem', { name: 'A day later' }).click()
  await expect(entryOf(dayOf(tom, addDays(day, 1)), piece)).toBeVisible()
  await tom.getByRole('button', { name: 'Undo' }).click()
  await expect(entryOf(dayOf(tom, day), piece)).toBeVisible()
  await expect.poll(async () => (await briefOf(tom, piece)).publish_on).toBe(day)
})

for (const phone of [false, true]) {
  test(`the calendar is accessible on ${phone ? 'phones' : 'desktops'}`, async ({ open }) => {
    test.slow()
    const tom = await open('marketer', { phone })
    await plan(tom, {})
    for (const path of [
      '/calendar',
      '/calendar?lens=due&view=week',
      '/calendar?view=agenda&type=deck',
      '/drafts?lanes=type',
    ]) {
      await tom.goto(path)
      await settled(tom)
      await expectAccessibleInBothThemes(tom)
    }
  })
}
