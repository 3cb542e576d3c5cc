import { i18n } from '@/shared/i18n'
import type { FieldError, Problem } from './generated/types.gen'

type Code = Problem['code'] | 'offline'

/** Every failed request throws one of these: an RFC 9457 problem, or code "offline" when no answer came. */
export class ApiError extends Error {
  readonly status: number
  readonly code: Code
  readonly detail: string
  readonly errors: FieldError[]
  readonly allowed: string[]
  readonly rev: number | undefined
  readonly requestId: string | undefined
  readonly retryAfter: number | undefined

  constructor(problem: Partial<Omit<Problem, 'code'>> & { code: Code; detail: string }, retryAfter?: number) {
    super(problem.detail)
    this.name = 'ApiError'
    this.status = problem.status ?? 0
    this.code = problem.code
    this.detail = problem.detail
    this.errors = problem.errors ?? []
    this.allowed = problem.allowed ?? []
    this.rev = problem.rev
    this.requestId = problem.request_id
    this.retryAfter = retryAfter
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'detail' in body && 'code' in body
}

/** Makes whatever the generated client caught into an ApiError. */
export function toApiError(body: unknown, response: Response | undefined): unknown {
  if (body instanceof ApiError || (body instanceof DOMException && body.name === 'AbortError')) return body
  const retryAfter = Number(response?.headers.get('Retry-After')) || undefined
  if (isProblem(body)) return new ApiError(body, retryAfter)
  if (!response) return new ApiError({ code: 'offline', detail: i18n.t('error.offline') })
  return new ApiError({ status: response.status, code: 'internal', detail: i18n.t('error.unknown') }, retryAfter)
}

function codeOf(error: unknown): Code | undefined {
  return error instanceof ApiError ? error.code : undefined
}

/** Somebody else changed it since we read it (412). */
export function isStale(error: unknown): boolean {
  return codeOf(error) === 'stale'
}

export function isNotFound(error: unknown): boolean {
  return codeOf(error) === 'not_found'
}

/** A way in that is closed for good (410). */
export function isGone(error: unknown): boolean {
  return codeOf(error) === 'gone'
}

export function isForbidden(error: unknown): boolean {
  return codeOf(error) === 'forbidden'
}

export function isConflict(error: unknown): boolean {
  return codeOf(error) === 'conflict'
}

export function isOffline(error: unknown): boolean {
  return codeOf(error) === 'offline'
}

/** A sentence for the user: what is wrong and what to do. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiError) return error.detail
  return i18n.t('error.unknown')
}

/** `body.title` -> `title`, `body.items[0].name` -> `items.0.name`: the path of the field in a form. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {}
  const fields: Record<string, string> = {}
  for (const { location, message } of error.errors) {
    if (!location.startsWith('body.')) continue
    const field = location.slice('body.'.length).replace(/\[(\d+)\]/g, '.$1')
    fields[field] ??= message.charAt(0).toUpperCase() + message.slice(1)
  }
  return fields
}
