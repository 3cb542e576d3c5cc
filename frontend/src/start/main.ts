// Runs before the application, which is larger and comes beside it: has the files of this page fetched, and asks the API
// what the page will ask first. vite.start.ts builds it and says which files belong to which page.
import { isMarkedSignedIn } from '@/shared/session/mark'
import { pageOf, requestsOf } from './pages'

declare const FILES: string[]
declare const FILES_OF_PAGES: Record<string, number[]>

function prefetch(href: string): void {
  const link = document.createElement('link')
  link.href = href
  link.crossOrigin = ''
  if (href.endsWith('.css')) {
    link.rel = 'preload'
    link.as = 'style'
  } else {
    link.rel = 'modulepreload'
  }
  document.head.append(link)
}

const { pathname, search } = location
const page = pageOf(Object.keys(FILES_OF_PAGES), pathname)
const early = new Map<string, Promise<Response | undefined>>()
if (page) for (const i of FILES_OF_PAGES[page.pattern] ?? []) prefetch(FILES[i] ?? '')
if (!/^\/(review|invitation)\//.test(pathname)) {
  early.set('/api/v1/session', fetch('/api/v1/session'))
  // whoever is not signed in is led elsewhere
  if (page && search === '' && isMarkedSignedIn()) for (const url of requestsOf(page)) early.set(url, fetch(url))
}
window.bylineEarly = early
for (const answer of early.values()) answer.catch(() => undefined) // who wants it hears of it
