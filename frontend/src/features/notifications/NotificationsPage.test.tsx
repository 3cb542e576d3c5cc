import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Notification } from '@/shared/api/generated/types.gen'
import { nora, renderRoute } from '@/test/render'
import { api, HttpResponse, http, server } from '@/test/server'

const line = (id: string, thing: string): Notification => ({
  id,
  at: '2026-03-01T10:00:00Z',
  object_type: 'idea',
  object_id: thing,
  title: `Idea ${thing}`,
  reason: 'mention',
  verb: 'idea.commented',
  data: { excerpt: `Words ${id}` },
  actor: { id: 't1', name: 'Tom Adeyemi', side: 'marketing', picture_url: '' },
})

function serve(items: Notification[]) {
  const state = { unread: items.length, marks: [] as { ids?: string[]; read: boolean }[] }
  server.use(
    http.get(api('/notifications/unread'), () => HttpResponse.json({ unread: state.unread })),
    http.get(api('/notifications'), () => HttpResponse.json({ items })),
    http.post(api('/notifications/mark'), async ({ request }) => {
      const mark = (await request.json()) as { ids?: string[]; read: boolean }
      state.marks.push(mark)
      state.unread = mark.read ? state.unread - (mark.ids?.length ?? state.unread) : (mark.ids?.length ?? 0)
      return HttpResponse.json({ unread: state.unread })
    }),
  )
  return state
}

test('a thing is marked with all its lines and stays where it is; the bell follows', async () => {
  const state = serve([line('1', 'a'), line('2', 'b'), line('3', 'a')])
  renderRoute('/notifications', { me: nora })
  const title = await screen.findByRole('link', { name: 'Idea a' }, { timeout: 5000 })
  const row = title.closest('li') as HTMLElement
  expect(within(row).getAllByText(/commented/)).toHaveLength(2)
  expect(within(row).getByText('You were named')).toBeVisible()
  await userEvent.click(within(row).getByRole('button', { name: 'Mark as read' }))
  expect(await within(row).findByRole('button', { name: 'Mark as unread' })).toBeVisible()
  await waitFor(() => expect(state.marks).toEqual([{ ids: ['1', '3'], read: true }]))
  expect((await screen.findAllByRole('link', { name: 'Notifications, 1 unread' })).length).toBeGreaterThan(0)
})

test('marking all can be taken back', async () => {
  const state = serve([line('1', 'a'), line('2', 'b')])
  renderRoute('/notifications', { me: nora })
  await userEvent.click(await screen.findByRole('button', { name: 'Mark all as read' }, { timeout: 5000 }))
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(state.marks).toEqual([{ read: true }, { ids: ['1', '2'], read: false }]))
})

test('an empty inbox says when something will come', async () => {
  serve([])
  renderRoute('/notifications', { me: nora })
  expect(await screen.findByText('You have read everything', {}, { timeout: 5000 })).toBeVisible()
  expect(screen.getByRole('button', { name: 'Mark all as read' })).toBeDisabled()
})
