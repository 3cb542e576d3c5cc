import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { nora, renderRoute } from '@/test/render'
import { api, HttpResponse, http, problem, server } from '@/test/server'

function answerBell() {
  server.use(http.get(api('/notifications/unread'), () => HttpResponse.json({ unread: 2 })))
}

test('the list follows the search box and says when nobody fits', async () => {
  answerBell()
  server.use(
    http.get(api('/people'), ({ request }) => {
      const q = new URL(request.url).searchParams.get('q')
      return HttpResponse.json({ items: q ? [] : [nora, { ...nora, id: '2', name: 'Tom Adeyemi' }] })
    }),
  )
  const { router } = renderRoute('/people')
  expect(await screen.findByRole('link', { name: /Tom Adeyemi/ }, { timeout: 5000 })).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Invite' })).not.toBeInTheDocument()

  await userEvent.type(screen.getByRole('searchbox', { name: 'Find by name' }), 'zz')
  expect(await screen.findByText('Nobody of that name')).toBeVisible()
  expect(router.state.location.search).toEqual({ q: 'zz' })
})

test('a list that fails says why and can be tried again', async () => {
  answerBell()
  let isBroken = true
  server.use(
    http.get(api('/people'), () =>
      isBroken ? problem(503, 'unavailable', 'The database is away.') : HttpResponse.json({ items: [nora] }),
    ),
  )
  renderRoute('/people')
  expect(await screen.findByText('The database is away.', {}, { timeout: 5000 })).toBeVisible()
  isBroken = false
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('link', { name: /Nora Lind/ })).toBeVisible()
})
