import '@testing-library/jest-dom/vitest'
import '@/shared/i18n'
import { cleanup, configure } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, vi } from 'vitest'
import { configureApi } from '@/shared/api/client'
import { server } from './server'

configureApi()
configure({ asyncUtilTimeout: 5000 }) // machines are slow at times, and a part may load its code first
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => {
  cleanup()
  server.resetHandlers()
})
afterAll(() => server.close())

// jsdom has none of these and Mantine asks for all
window.matchMedia ??= ((query: string) => ({
  matches: false,
  media: query,
  onchange: null,
  addListener: vi.fn(),
  removeListener: vi.fn(),
  addEventListener: vi.fn(),
  removeEventListener: vi.fn(),
  dispatchEvent: vi.fn(),
})) as unknown as typeof window.matchMedia
window.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.IntersectionObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
} as unknown as typeof window.IntersectionObserver
window.scrollTo = () => {}
Element.prototype.scrollIntoView ??= () => {}
// the autosizing textarea waits for fonts
if (!('fonts' in document)) Object.defineProperty(document, 'fonts', { value: new EventTarget() })
