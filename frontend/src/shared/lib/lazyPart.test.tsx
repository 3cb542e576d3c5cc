import { render, screen } from '@testing-library/react'
import { Suspense } from 'react'
import { expect, test } from 'vitest'
import { calmPart } from './lazyPart'

test('what cannot be loaded while offline comes when one is back, and takes nothing with it', async () => {
  let tries = 0
  const Bell = calmPart(async () => {
    if (++tries === 1) throw new TypeError('Failed to fetch dynamically imported module')
    return () => <p>the bell</p>
  })
  render(
    <main>
      <p>the page</p>
      <Suspense>
        <Bell />
      </Suspense>
    </main>,
  )
  await expect.poll(() => tries, { timeout: 5000 }).toBe(1)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(screen.getByText('the page')).toBeVisible()
  dispatchEvent(new Event('online'))
  expect(await screen.findByText('the bell')).toBeVisible()
})
