import { expect, expectAccessibleInBothThemes, settled, test } from './fixtures'
import { tooSmall } from './targets'

const pages = ['/people', '/settings']

for (const phone of [false, true]) {
  test(`pages are accessible: ${phone ? 'phone' : 'desktop'}`, async ({ open }) => {
    const page = await open('marketer', { phone })
    for (const path of pages) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expectAccessibleInBothThemes(page)
    }
  })

  test(`the sign-in page is accessible: ${phone ? 'phone' : 'desktop'}`, async ({ open }) => {
    const page = await open(undefined, { phone })
    await page.goto('/sign-in')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectAccessibleInBothThemes(page)
  })
}

test('the keyboard alone reaches pages, dialogs and the content', async ({ open }) => {
  const page = await open('rep')
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('g')
  await page.keyboard.press('e')
  await expect(page).toHaveURL(/\/people/)
  await expect(page.getByRole('heading', { name: 'People', level: 1 })).toBeFocused()
  await expect(page).toHaveTitle('People · Byline')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
})

test('each side has its own places', async ({ open }) => {
  const rep = await open('rep', { phone: true })
  await rep.goto('/')
  await expect(rep.getByRole('link', { name: 'My posts' })).toBeVisible()
  await expect(rep.getByRole('link', { name: 'Calendar', exact: true })).toBeVisible()
  await expect(rep.getByRole('link', { name: 'Board', exact: true })).toHaveCount(0)
  const marketer = await open('marketer')
  await marketer.goto('/')
  await expect(marketer.getByRole('link', { name: 'Board', exact: true })).toBeVisible()
  await expect(marketer.getByRole('link', { name: 'Calendar', exact: true })).toBeVisible()
})

test('on a phone all that is pressed is large enough for a finger', async ({ open }) => {
  const page = await open('marketer', { phone: true })
  for (const path of ['/', '/library?type=guide', '/search?q=gate', '/notifications', '/shares']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await settled(page)
    expect(await tooSmall(page), path).toEqual([])
  }
  await page.getByRole('button', { name: 'Your account' }).click()
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible()
  await settled(page)
  expect(await tooSmall(page)).toEqual([])
})
