/** Films and sounds on a shared page. */

/** An address of the storage ends after some minutes: one that failed is asked for again, once in so long. */
const againAfter = 15_000

/** Watching is reading, though nobody touches anything; `active` is called while something plays. */
export function watchMedia(media: HTMLMediaElement[], active: () => void, now = () => performance.now()): void {
  for (const player of media) {
    let last = Number.NEGATIVE_INFINITY
    player.addEventListener('timeupdate', () => {
      if (!player.paused) active()
    })
    player.addEventListener('error', () => {
      if (now() - last < againAfter) return
      last = now()
      const { currentTime, paused } = player
      player.load() // the page knows where it is now
      player.currentTime = currentTime
      if (!paused) void player.play().catch(() => undefined)
    })
    // where nothing may be kept, the menu that offers it stays away
    if ('guarded' in player.dataset) player.addEventListener('contextmenu', (event) => event.preventDefault())
  }
}
