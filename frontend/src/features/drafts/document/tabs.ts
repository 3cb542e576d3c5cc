/**
 * Which tabs are alive: each holds a lock with its name as long as its page lives, also when it is killed. Without locks (a
 * page without https) a tab counts as gone when it has kept nothing for a minute.
 */
const nameOf = (client: string) => `byline-live-${client}`

/** Holds the name of this tab until the returned function is called. */
export function holdTab(client: string): () => void {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  void navigator.locks?.request(nameOf(client), () => held).catch(() => {})
  return () => release()
}

/** Whether a tab is gone; takes its name in the same moment, so that only one other tab goes on where it ended. */
export async function takeOver(client: string, keptAt: number): Promise<(() => void) | undefined> {
  if (!navigator.locks) return Date.now() - keptAt > 60_000 ? () => {} : undefined
  return new Promise((resolve) => {
    void navigator.locks
      .request(nameOf(client), { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(undefined)
        return new Promise<void>((release) => resolve(release))
      })
      .catch(() => resolve(undefined))
  })
}
