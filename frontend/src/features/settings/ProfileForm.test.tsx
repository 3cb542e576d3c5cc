import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { nora, renderWithApp } from '@/test/render'
import { api, HttpResponse, http, problem, server } from '@/test/server'
import './i18n'
import { ProfileForm } from './ProfileForm'

test('a profile changed elsewhere keeps the own input, which can be saved on top', async () => {
  let rev = 1
  const saved: unknown[] = []
  server.use(
    http.get(api('/people/:id'), () =>
      HttpResponse.json({ ...nora, rev, title: rev === 1 ? 'Rep' : 'Changed elsewhere' }),
    ),
    http.put(api('/profile'), async ({ request }) => {
      if (request.headers.get('If-Match') !== `"${rev}"`) return problem(412, 'stale', 'Changed.', { rev })
      const body = (await request.json()) as object
      saved.push(body)
      rev++
      return HttpResponse.json({ ...nora, ...body, rev })
    }),
  )
  renderWithApp(<ProfileForm />)
  const title = await screen.findByLabelText('Job title')
  await userEvent.clear(title)
  await userEvent.type(title, 'Senior rep')
  rev = 2
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Somebody changed this in the meantime')).toBeVisible()
  expect(title).toHaveValue('Senior rep')

  await userEvent.click(screen.getByRole('button', { name: 'Save mine instead' }))
  expect(await screen.findByText('Profile saved.')).toBeVisible()
  expect(saved).toMatchObject([{ title: 'Senior rep' }])
})

test('complaints of the server stand at their fields', async () => {
  server.use(
    http.get(api('/people/:id'), () => HttpResponse.json(nora)),
    http.put(api('/profile'), () =>
      problem(422, 'invalid', 'Not a LinkedIn address.', {
        errors: [{ location: 'body.linkedin_url', message: 'Not a LinkedIn address.' }],
      }),
    ),
  )
  renderWithApp(<ProfileForm />)
  await userEvent.type(await screen.findByLabelText('LinkedIn address'), 'https://x.example')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Not a LinkedIn address.')).toBeVisible()
  expect(screen.getByLabelText('LinkedIn address')).toHaveAttribute('aria-invalid', 'true')
})
