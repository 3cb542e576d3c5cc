import { fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { useShortcuts } from './keys'

function Page({ onNew, onGo }: { onNew: () => void; onGo: () => void }) {
  useShortcuts([
    { keys: 'c', label: 'New', group: 'Here', run: onNew },
    { keys: 'g i', label: 'Ideas', group: 'Go', run: onGo },
  ])
  return <input aria-label="Words" />
}

test('single keys and sequences run, but not while typing', async () => {
  const onNew = vi.fn()
  const onGo = vi.fn()
  const user = userEvent.setup()
  const { unmount } = render(<Page onNew={onNew} onGo={onGo} />)

  await user.type(screen.getByLabelText('Words'), 'cgi')
  expect(onNew).not.toHaveBeenCalled()

  screen.getByLabelText('Words').blur()
  fireEvent.keyDown(document.body, { key: 'c' })
  fireEvent.keyDown(document.body, { key: 'g' })
  fireEvent.keyDown(document.body, { key: 'i' })
  expect(onNew).toHaveBeenCalledTimes(1)
  expect(onGo).toHaveBeenCalledTimes(1)

  unmount()
  fireEvent.keyDown(document.body, { key: 'c' })
  expect(onNew).toHaveBeenCalledTimes(1)
})
