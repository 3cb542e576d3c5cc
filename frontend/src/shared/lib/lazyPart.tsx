import { type ComponentType, lazy } from 'react'

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
