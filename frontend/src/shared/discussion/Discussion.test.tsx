import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Comment } from '@/shared/api/generated/types.gen'
import { nora, renderWithApp } from '@/test/render'
import { api, HttpResponse, http, problem, server } from '@/test/server'
import { Discussion } from './Discussion'

const tom = { ...nora, id: 't1', name: 'Tom Adeyemi', title: 'Content lead' }

function show(start: Comment[] = []) {
  const state = { comments: start, sent: [] as { body: string; mentions: string[]; key: string | null }[], fail: false }
  server.use(
    http.get(api('/things/idea/i1/comments'), () => HttpResponse.json({ items: state.comments })),
    http.get(api('/people'), () => HttpResponse.json({ items: [tom, nora] })),
    http.get(api('/people/t1'), () => HttpResponse.json(tom)),
    http.post(api('/things/idea/i1/comments'), async ({ request }) => {
      const body = (await request.json()) as { body: string; mentions: string[] }
      state.sent.push({ ...body, key: request.headers.get('Idempotency-Key') })
      if (state.fail) return problem(503, 'unavailable', 'The database is away.')
      const comment: Comment = { id: 'c9', author: nora, rev: 1, created_at: '2026-03-01T10:00:00Z', ...body }
      state.comments = [...state.comments, comment]
      return HttpResponse.json(comment, { status: 201 })
    }),
    http.delete(api('/comments/c1'), () => {
      state.comments = []
      return new HttpResponse(null, { status: 204 })
    }),
    http.post(api('/comments/c1/restore'), () => {
      state.comments = start
      return new HttpResponse(null, { status: 204 })
    }),
  )
  const router = createRouter({
    routeTree: createRootRoute({ component: () => <Discussion type="idea" id="i1" /> }),
    history: createMemoryHistory(),
  })
  renderWithApp(<RouterProvider router={router as never} />)
  return state
}

test('@ offers people, Enter takes one, Ctrl+Enter sends with the mention', async () => {
  const state = show()
  expect(await screen.findByText(/Nobody has said anything/)).toBeVisible()
  const box = screen.getByRole('textbox', { name: 'Your comment' })
  await userEvent.type(box, 'Please look, @to')
  expect(await screen.findByRole('option', { name: /Tom Adeyemi/ })).toHaveAttribute('aria-selected', 'true')
  await userEvent.type(box, '{Enter}soon')
  expect(box).toHaveValue('Please look, @Tom Adeyemi soon')
  await userEvent.type(box, '{Control>}{Enter}{/Control}')
  expect(await screen.findByRole('link', { name: '@Tom Adeyemi' })).toBeVisible()
  expect(state.sent).toMatchObject([{ body: 'Please look, @Tom Adeyemi soon', mentions: ['t1'] }])
  expect(box).toHaveValue('')
})

test('a comment that cannot be sent stays, and the second press has the same key', async () => {
  const state = show()
  state.fail = true
  const box = await screen.findByRole('textbox', { name: 'Your comment' })
  await userEvent.type(box, 'Not lost')
  await userEvent.click(screen.getByRole('button', { name: 'Send' }))
  expect(await screen.findByText(/Your words are still here. The database is away./)).toBeVisible()
  expect(box).toHaveValue('Not lost')
  state.fail = false
  await userEvent.click(screen.getByRole('button', { name: 'Send' }))
  await waitFor(() => expect(box).toHaveValue(''))
  expect(state.sent[1]?.key).toBe(state.sent[0]?.key)
})

test('one deletes one’s own comment and takes that back; others have no menu', async () => {
  const mine = { id: 'c1', author: nora, body: 'Mine', mentions: [], rev: 1, created_at: '2026-03-01T10:00:00Z' }
  show([mine, { ...mine, id: 'c2', author: tom, body: 'Theirs' }])
  expect(await screen.findByText('Theirs')).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'Actions for your comment' })) // throws when there are two
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }))
  await waitFor(() => expect(screen.queryByText('Mine')).not.toBeInTheDocument())
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }))
  expect(await screen.findByText('Mine')).toBeVisible()
})
