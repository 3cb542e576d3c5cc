import { waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { renderRoute } from '@/test/render'
import { HttpResponse, http, server } from '@/test/server'
import { firstRequests, pageOf, requestsOf } from './pages'

describe('the page of an address', () => {
  const patterns = ['/', '/library', '/library/review', '/library/$resourceId', '/library/collections/$collectionId']
  it.each([
    ['/', '/'],
    ['/library', '/library'],
    ['/library/', '/library'],
    ['/library/review', '/library/review'],
    ['/library/x1', '/library/$resourceId'],
    ['/library/collections/c1', '/library/collections/$collectionId'],
    ['/library/x1/deeper', undefined],
    ['/elsewhere', undefined],
  ])('%s is %s', (path, pattern) => {
    expect(pageOf(patterns, path)?.pattern).toBe(pattern)
  })
})

// an early request that nobody makes would be one too many
it.each(Object.keys(firstRequests))('%s asks what was asked for it', async (pattern) => {
  const path = pattern.replace(/\$\w+/g, '0190c5a4-0000-7000-8000-00000000000a')
  const asked = new Set<string>()
  server.use(
    http.all('*/api/v1/*', ({ request }) => {
      const { pathname, search } = new URL(request.url)
      asked.add(pathname + search)
      return HttpResponse.json({ title: 'none', status: 404, code: 'not_found', detail: 'none' }, { status: 404 })
    }),
  )
  renderRoute(path)
  const page = pageOf(Object.keys(firstRequests), path)
  if (!page) throw new Error('no page')
  await waitFor(() => expect([...asked]).toEqual(expect.arrayContaining(requestsOf(page))), { timeout: 10_000 })
})
