/**
 * Lets a form be sent once per press: the second click of a double click, and an Enter that is held, come before the screen
 * can show that the first one is on its way. The same for buttons with `data-once`. Gives a function that ends it.
 */
export function guardAgainstDoublePress(root: Document = document): () => void {
  const stop = (event: Event) => {
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  const handleClick = (event: MouseEvent) => {
    const button = event.target instanceof Element && event.target.closest('button[type="submit"], [data-once]')
    if (button && event.detail > 1) stop(event)
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.repeat && event.key === 'Enter' && event.target instanceof HTMLInputElement) stop(event)
  }
  root.addEventListener('click', handleClick, true)
  root.addEventListener('keydown', handleKey, true)
  return () => {
    root.removeEventListener('click', handleClick, true)
    root.removeEventListener('keydown', handleKey, true)
  }
}
