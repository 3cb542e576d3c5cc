const name = 'byline-in'

/** Notes in the browser that somebody is signed in here, so that the next start asks for its page at once; see start/main.ts. */
export function markSignedIn(isIn: boolean): void {
  try {
    if (isIn) localStorage.setItem(name, '1')
    else localStorage.removeItem(name)
  } catch {
    // a browser that keeps nothing starts a little later
  }
}

export function isMarkedSignedIn(): boolean {
  try {
    return localStorage.getItem(name) !== null
  } catch {
    return false
  }
}
