import { afterEach, expect, test } from 'vitest'
import { api, HttpResponse, http, problem, server } from '@/test/server'
import { onSessionEnd } from './client'
import { createIdea, getPerson, listPeople, signIn } from './generated/sdk.gen'
import { ApiError, fieldErrors, isStale, messageOf } from './problem'

afterEach(() => onSessionEnd(undefined))

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )

test('a POST carries a key of its own, a GET none', async () => {
  const keys: (string | null)[] = []
  const answer = ({ request }: { request: Request }) => {
    keys.push(request.headers.get('Idempotency-Key'))
    return HttpResponse.json({ items: [] })
  }
  server.use(http.post(api('/ideas'), answer), http.get(api('/people'), answer))
  await createIdea({ body: { title: 'Pricing' } })
  await createIdea({ body: { title: 'Pricing' } })
  await createIdea({ body: { title: 'Pricing' }, headers: { 'Idempotency-Key': 'mine' } })
  await listPeople()
  expect(keys[0]).toMatch(/^[0-9a-f-]{32,}$/)
  expect(keys[1]).not.toBe(keys[0])
  expect(keys.slice(2)).toEqual(['mine', null])
})

test('a connection that breaks is tried once more', async () => {
  let calls = 0
  server.use(
    http.get(api('/people'), () => {
      calls++
      return calls === 1 ? HttpResponse.error() : HttpResponse.json({ items: [] })
    }),
  )
  const { data } = await listPeople()
  expect(data.items).toEqual([])
  expect(calls).toBe(2)
})

test('after a session ended the request waits for the sign-in and is sent again', async () => {
  let isSignedIn = false
  onSessionEnd(async () => {
    isSignedIn = true
    return true
  })
  server.use(
    http.get(api('/people'), () =>
      isSignedIn ? HttpResponse.json({ items: [] }) : problem(401, 'unauthenticated', 'Please sign in.'),
    ),
  )
  await expect(listPeople()).resolves.toMatchObject({ data: { items: [] } })
})

test('a wrong password is no session that ended', async () => {
  let asked = false
  onSessionEnd(async () => {
    asked = true
    return true
  })
  server.use(http.post(api('/session'), () => problem(401, 'unauthenticated', 'These do not match.')))
  const error = await failureOf(signIn({ body: { email: 'nora@example.com', password: 'x' } }))
  expect(messageOf(error)).toBe('These do not match.')
  expect(asked).toBe(false)
})

test('problems become errors with code, revision and fields', async () => {
  server.use(
    http.get(api('/people/:id'), () =>
      problem(412, 'stale', 'It was changed.', {
        rev: 7,
        errors: [
          { location: 'body.title', message: 'give it a title' },
          { location: 'body.items[0].name', message: 'too long' },
          { location: 'query.q', message: 'not a field' },
        ],
      }),
    ),
  )
  const error = await failureOf(getPerson({ path: { id: 'x' } }))
  expect(error).toBeInstanceOf(ApiError)
  expect(isStale(error)).toBe(true)
  expect((error as ApiError).rev).toBe(7)
  expect(fieldErrors(error)).toEqual({ title: 'Give it a title', 'items.0.name': 'Too long' })
})

test('an answer that is no problem says something general', async () => {
  server.use(http.get(api('/people'), () => new HttpResponse('<html>', { status: 502 })))
  const error = await failureOf(listPeople())
  expect(messageOf(error)).toBe('Something went wrong. Please try again.')
})
