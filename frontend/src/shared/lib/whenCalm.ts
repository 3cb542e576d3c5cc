let calm: Promise<void> | undefined

/**
 * Comes true when the browser has nothing to do for the first time: then the page that was opened is there, and what no
 * page needs to be seen may be loaded.
 */
export function whenCalm(): Promise<void> {
  calm ??= new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 3000 })
    else resolve()
  })
  return calm
}
