import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Idea } from '@/shared/api/generated/types.gen'
import { nora, renderRoute } from '@/test/render'
import { api, HttpResponse, http, problem, server } from '@/test/server'
import { queryOf } from './IdeasPage'

const idea = (id: string, rest: Partial<Idea> = {}): Idea => ({
  id,
  kind: 'idea',
  title: `Idea ${id}`,
  body: '',
  tags: [],
  state: 'new',
  next_states: ['planned'],
  reason: '',
  visibility: 'everyone',
  author: { id: nora.id, name: nora.name, side: 'sales', picture_url: '' },
  votes: 3,
  voted: false,
  comments: 0,
  evidence_count: 0,
  rev: 1,
  created_at: '2026-03-01T10:00:00Z',
  updated_at: '2026-03-01T10:00:00Z',
  ...rest,
})

function serve(items: Idea[]) {
  const asked: URLSearchParams[] = []
  server.use(
    http.get(api('/notifications/unread'), () => HttpResponse.json({ unread: 0 })),
    http.get(api('/ideas'), ({ request }) => {
      asked.push(new URL(request.url).searchParams)
      return HttpResponse.json({ items })
    }),
  )
  return asked
}

const voteOf = (name: string) =>
  screen.findByRole('button', { name: new RegExp(`^Vote for “${name}”`) }, { timeout: 5000 })

test('a vote shows at once and is taken back in words when it fails', async () => {
  serve([idea('a'), idea('b')])
  let answer: (ok: boolean) => void = () => undefined
  server.use(
    http.put(api('/ideas/a/vote'), async () => {
      const isFine = await new Promise<boolean>((resolve) => {
        answer = resolve
      })
      return isFine ? HttpResponse.json({ votes: 9, voted: true }) : problem(409, 'conflict', 'Voting is closed.')
    }),
  )
  renderRoute('/ideas')
  const vote = await voteOf('Idea a')
  await userEvent.click(vote)
  expect(vote).toHaveAttribute('aria-pressed', 'true')
  expect(vote).toHaveTextContent('4')
  answer(false)
  expect(await screen.findByText('Voting is closed.')).toBeVisible()
  await waitFor(() => expect(vote).toHaveAttribute('aria-pressed', 'false'))
  expect(vote).toHaveTextContent('3')
  await userEvent.click(vote)
  answer(true)
  await waitFor(() => expect(vote).toHaveTextContent('9')) // others voted meanwhile
})

test('two quick presses are a vote and its taking back, in that order', async () => {
  serve([idea('a')])
  const sent: string[] = []
  server.use(
    http.put(api('/ideas/a/vote'), async () => {
      await new Promise((resolve) => setTimeout(resolve, 60))
      sent.push('put')
      return HttpResponse.json({ votes: 4, voted: true })
    }),
    http.delete(api('/ideas/a/vote'), () => {
      sent.push('delete')
      return HttpResponse.json({ votes: 3, voted: false })
    }),
  )
  renderRoute('/ideas')
  const vote = await voteOf('Idea a')
  await userEvent.dblClick(vote)
  await waitFor(() => expect(sent).toEqual(['put', 'delete']))
  await waitFor(() => expect(vote).toHaveTextContent('3'))
  expect(vote).toHaveAttribute('aria-pressed', 'false')
})

test('closed ideas cannot be voted for', async () => {
  serve([idea('a', { state: 'declined' })])
  renderRoute('/ideas')
  await userEvent.click(await voteOf('Idea a')) // an unexpected request would fail the test
  expect(await voteOf('Idea a')).toHaveAttribute('aria-disabled', 'true')
})

test('filters stand in the address and are asked for; what finds nothing offers to file it', async () => {
  const asked = serve([])
  const { router } = renderRoute('/ideas?state=planned&tag=port&sort=bogus')
  expect(await screen.findByText('Nothing fits these filters', {}, { timeout: 5000 })).toBeVisible()
  expect(asked[0]?.getAll('state')).toEqual(['planned'])
  expect(asked[0]?.get('tag')).toBe('port')
  expect(asked[0]?.get('sort')).toBeNull()
  const active = screen.getByRole('group', { name: 'Filters in use' })
  await userEvent.click(within(active).getByRole('button', { name: 'Remove Planned' }))
  expect(router.state.location.search).toEqual({ tag: 'port' })
  await userEvent.type(screen.getByRole('searchbox', { name: 'Search ideas' }), 'ice')
  expect(await screen.findByText('Nothing fits “ice”')).toBeVisible()
})

test('j and k walk, Enter opens, v votes', async () => {
  serve([idea('a'), idea('b')])
  let voted = ''
  server.use(
    http.put(api('/ideas/:id/vote'), ({ params }) => {
      voted = String(params.id)
      return HttpResponse.json({ votes: 4, voted: true })
    }),
  )
  renderRoute('/ideas')
  await voteOf('Idea a')
  await userEvent.keyboard('jj')
  expect(screen.getByRole('link', { name: 'Idea b' })).toHaveFocus()
  await userEvent.keyboard('k')
  expect(screen.getByRole('link', { name: 'Idea a' })).toHaveFocus()
  await userEvent.keyboard('v')
  await waitFor(() => expect(voted).toBe('a'))
})

test('tabs ask for what they say', () => {
  expect(queryOf({ view: 'mine' }, nora)).toMatchObject({ author: nora.id, voted: undefined })
  expect(queryOf({ view: 'voted' }, nora)).toMatchObject({ author: undefined, voted: true })
  expect(queryOf({ view: 'unanswered', state: ['planned'] }, nora)).toMatchObject({ state: ['new'], sort: 'old' })
  expect(queryOf({ view: 'unanswered', sort: 'top' }, nora)).toMatchObject({ sort: 'top' })
})
