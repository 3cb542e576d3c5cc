import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { guardAgainstDoublePress } from './once'

let end: () => void
beforeEach(() => {
  end = guardAgainstDoublePress()
})
afterEach(() => end())

test('a double click and a held Enter send a form once; sending it again is another matter', async () => {
  const sent = vi.fn((event: React.FormEvent) => event.preventDefault())
  render(
    <form onSubmit={sent}>
      <input aria-label="Name" />
      <button type="submit">Merge</button>
    </form>,
  )
  await userEvent.dblClick(screen.getByText('Merge'))
  expect(sent).toHaveBeenCalledTimes(1)
  await userEvent.click(screen.getByLabelText('Name'))
  await userEvent.keyboard('{Enter>3/}')
  expect(sent).toHaveBeenCalledTimes(2)
})

test('other buttons are pressed as often as one likes, unless they say otherwise', async () => {
  const next = vi.fn()
  const apply = vi.fn()
  render(
    <>
      <button type="button" onClick={next}>
        Next
      </button>
      <button type="button" data-once onClick={apply}>
        <b>Apply</b>
      </button>
    </>,
  )
  await userEvent.dblClick(screen.getByText('Next'))
  await userEvent.dblClick(screen.getByText('Apply'))
  expect(next).toHaveBeenCalledTimes(2)
  expect(apply).toHaveBeenCalledTimes(1)
})
