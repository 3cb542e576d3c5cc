import { client } from './generated/client.gen'
import { toApiError } from './problem'

type SignInAgain = () => Promise<boolean>

let signInAgain: SignInAgain | undefined

/**
 * Sets who asks the user to sign in when a session has ended (401). While they do, the request waits; when the same
 * person is back it is sent again, so neither place nor input is lost.
 */
export function onSessionEnd(handler: SignInAgain | undefined): void {
  signInAgain = handler
}

// these answer 401 for other reasons than a session that ended
const withoutSession = /\/api\/v1\/(session(\/password)?|invitations\/[^?]*)(\?|$)/

declare global {
  interface Window {
    /** What start/main.ts has asked before the application was here, by address. */
    bylineEarly?: Map<string, Promise<Response | undefined>>
  }
}

const earlyLife = 15_000 // later, what was answered then may be old

/** The answer that has been asked for already, once; undefined when there is none, or no good one. */
async function earlyAnswer(request: Request): Promise<Response | undefined> {
  const early = globalThis.window?.bylineEarly
  if (!early?.size || request.method !== 'GET' || performance.now() > earlyLife) return undefined
  const address = request.url.slice(globalThis.location.origin.length)
  const answer = early.get(address)
  early.delete(address)
  const response = await answer?.catch(() => undefined)
  return response?.ok ? response : undefined
}

/** A connection that breaks is tried once more: reads and writes with a key have one effect however often they arrive. */
async function send(request: Request): Promise<Response> {
  const early = await earlyAnswer(request)
  if (early) return early
  const repeatable = request.method === 'GET' || request.headers.has('Idempotency-Key')
  const spare = request.clone()
  let response: Response
  try {
    response = await fetch(request)
  } catch (error) {
    if (!repeatable || request.signal.aborted || !navigator.onLine) throw error
    await new Promise((resolve) => setTimeout(resolve, 400))
    response = await fetch(spare.clone())
  }
  if (response.status !== 401 || !signInAgain || withoutSession.test(request.url)) return response
  return (await signInAgain()) ? fetch(spare) : response
}

/** Called once by main.tsx and by the test setup. */
export function configureApi(baseUrl = '/api/v1'): void {
  client.setConfig({
    baseUrl: new URL(baseUrl, globalThis.location.origin).href,
    credentials: 'same-origin',
    fetch: (input) => send(input as Request),
  })
  client.interceptors.request.clear()
  client.interceptors.error.clear()
  client.interceptors.request.use((request) => {
    if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) {
      request.headers.set('Idempotency-Key', newKey())
    }
    return request
  })
  client.interceptors.error.use((error, response) => toApiError(error, response))
}

/** randomUUID exists only in secure contexts; plain http on a company's network is none. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('')
}

/** The header of a write that is based on a revision: `updateIdea({ path, body, headers: ifMatch(idea.rev) })`. */
export function ifMatch(rev: number | undefined): { 'If-Match': string } {
  return { 'If-Match': `"${rev ?? 0}"` }
}
