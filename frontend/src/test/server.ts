import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'

/** An address of the API as MSW wants it: `http.get(api('/ideas'), …)`. */
export const api = (path: string) => `*/api/v1${path}`

/** Every page with filters asks for its saved views, and says what searches came to; a test that is about them answers itself. */
export const server = setupServer(
  http.get(api('/views'), () => HttpResponse.json({ items: [] })),
  http.get(api('/search/popular'), () => HttpResponse.json({ items: [] })),
  http.get(api('/search/suggestion'), () => HttpResponse.json({ words: '' })),
  http.put(api('/search/report'), () => new HttpResponse(null, { status: 204 })),
)

/** An RFC 9457 answer. */
export function problem(status: number, code: string, detail: string, rest: object = {}) {
  return HttpResponse.json(
    { type: 'about:blank', title: code, status, code, detail, ...rest },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  )
}

export { HttpResponse, http }
