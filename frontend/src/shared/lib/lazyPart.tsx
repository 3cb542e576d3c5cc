import { type ComponentType, lazy } from 'react'
import { whenCalm } from './whenCalm'

/**
 * A part of a page that loads later and that the page can do without: when it cannot be loaded (one is offline by then) it
 * stays away, instead of taking the page with it.
 */
export function lazyPart<P extends object>(load: () => Promise<ComponentType<P>>) {
  return lazy(async () => {
    try {
      return { default: await load() }
    } catch {
      const Nothing: ComponentType<P> = () => null
      return { default: Nothing }
    }
  })
}

const again = () =>
  new Promise<void>((resolve) => {
    addEventListener('online', () => resolve(), { once: true })
    setTimeout(resolve, 30_000)
  })

/**
 * A part of the frame around every page, which comes once the page is there. Who is offline by then gets it when they are
 * back; until then its place stays empty.
 */
export function calmPart<P extends object>(load: () => Promise<ComponentType<P>>) {
  return lazy(async () => {
    await whenCalm()
    for (;;) {
      try {
        return { default: await load() }
      } catch {
        await again()
      }
    }
  })
}
