import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderWithApp } from '@/test/render'
import { api, HttpResponse, http, server } from '@/test/server'
import './i18n'
import { Changes } from './Changes'

test('a merge of many says how far it is, and can be taken back when it is done', async () => {
  const change = {
    id: '0198c0de-0000-7000-8000-000000000001',
    facet: 'persona',
    sources: ['CFOs'],
    target: 'CFO',
    renamed: false,
    resources: 50_000,
    collections: 0,
    views: 0,
    at: new Date().toISOString(),
  }
  let handled = 12_000
  server.use(
    http.get(api('/taxonomy/changes'), () =>
      HttpResponse.json({ items: [{ ...change, state: handled < 50_000 ? 'running' : 'done', handled }] }),
    ),
  )
  renderWithApp(<Changes />)
  expect(await screen.findByText('12,000 of 50,000 done. You may leave this page.')).toBeVisible()
  expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '24')
  expect(screen.queryByRole('button', { name: /Take back/ })).toBeNull()
  handled = 50_000
  await waitFor(() => expect(screen.getByRole('button', { name: 'Take back: CFOs → CFO' })).toBeVisible(), {
    timeout: 4000,
  })
})
