import { ActionIcon } from '@mantine/core'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { Tip } from '@/shared/ui/Tip'
import { renderWithApp } from '@/test/render'
import { TipLayer } from './TipLayer'

it('shows the words of a button one points at or comes to by keyboard, and takes them away', async () => {
  const user = userEvent.setup()
  renderWithApp(
    <>
      <Tip label="Copy the link">
        <ActionIcon aria-label="Copy the link of Gate 2.4" />
      </Tip>
      <TipLayer />
    </>,
  )
  await user.hover(screen.getByRole('button'))
  expect(await screen.findByText('Copy the link')).toBeVisible()
  await user.unhover(screen.getByRole('button'))
  await waitFor(() => expect(screen.queryByText('Copy the link')).toBeNull())
  await user.tab()
  expect(await screen.findByText('Copy the link')).toBeVisible()
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByText('Copy the link')).toBeNull())
})
