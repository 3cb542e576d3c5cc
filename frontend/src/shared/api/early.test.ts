import { afterEach, expect, it, vi } from 'vitest'
import { api, HttpResponse, http, server } from '@/test/server'
import { getHome } from './generated/sdk.gen'

afterEach(() => {
  window.bylineEarly = undefined
  vi.restoreAllMocks()
})

const early = (answer: Promise<Response | undefined>) => {
  window.bylineEarly = new Map([['/api/v1/home', answer]])
}
const answered = (who: string) => HttpResponse.json({ who })

it('takes an answer that was asked for before, once, and only while it is new', async () => {
  vi.spyOn(performance, 'now').mockReturnValue(900)
  server.use(http.get(api('/home'), () => answered('later')))
  early(Promise.resolve(answered('early')))
  expect((await getHome()).data).toEqual({ who: 'early' })
  expect((await getHome()).data).toEqual({ who: 'later' })
  early(Promise.resolve(answered('early')))
  vi.spyOn(performance, 'now').mockReturnValue(60_000)
  expect((await getHome()).data).toEqual({ who: 'later' })
})

it('asks again when the early request came to nothing', async () => {
  server.use(http.get(api('/home'), () => answered('later')))
  early(Promise.reject(new TypeError('offline')))
  expect((await getHome()).data).toEqual({ who: 'later' })
  early(Promise.resolve(new HttpResponse(null, { status: 401 })))
  expect((await getHome()).data).toEqual({ who: 'later' })
})
