/** Brings a file into view, with its name above it: whole, so that nothing lies half below the bar of a phone. */
export function reveal(viewer: HTMLElement | null): void {
  const file = viewer?.closest<HTMLElement>('[data-file]') ?? viewer
  file?.scrollIntoView({ block: 'start' })
}
