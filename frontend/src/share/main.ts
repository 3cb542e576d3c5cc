import { watchMedia } from './media'
import { Reading } from './reading'
import { layWords, watchPictures } from './words'

/** The script of the page that recipients of shares see. It is not part of the application: no library, no shell. */
const main = document.querySelector<HTMLElement>('main')
const media = [...document.querySelectorAll<HTMLMediaElement>('video, audio')]
const papers = [...document.querySelectorAll<HTMLElement>('.paper')]

/** The part that covers most of the window. */
function inSight(parts: HTMLElement[]) {
  const height = globalThis.innerHeight
  let best: HTMLElement | undefined
  let most = 0
  for (const part of parts) {
    const box = part.getBoundingClientRect()
    const seen = Math.min(box.bottom, height) - Math.max(box.top, 0)
    if (box.width > 0 && seen > most) {
      best = part
      most = seen
    }
  }
  if (!best) return undefined
  const { resource = '', file, page = '0' } = best.dataset
  return { r: resource, a: file, p: Number(page) }
}

/** Counts reading, and gives what is called when somebody does something. */
function follow(root: HTMLElement, visit: string): () => void {
  const to = `${globalThis.location.pathname.replace(/\/$/, '')}/beat`
  const reading = new Reading({
    now: () => performance.now(),
    isVisible: () => document.visibilityState === 'visible',
    inSight: () => inSight([...root.querySelectorAll<HTMLElement>('[data-resource]')]),
    send: (reads) => {
      const body = JSON.stringify({ v: visit, reads })
      // a beacon survives the end of the page
      if (!navigator.sendBeacon?.(to, new Blob([body], { type: 'text/plain' }))) {
        void fetch(to, { method: 'POST', body, keepalive: true }).catch(() => undefined)
      }
    },
  })
  for (const event of ['pointerdown', 'pointermove', 'keydown', 'scroll', 'touchstart']) {
    addEventListener(event, () => reading.active(), { passive: true, capture: true })
  }
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') reading.flush()
    else reading.active()
  })
  addEventListener('pagehide', () => reading.flush())
  setInterval(() => reading.tick(), 1000)
  return () => reading.active()
}

watchPictures(papers)
layWords(papers)
watchMedia(media, main?.dataset.visit ? follow(main, main.dataset.visit) : () => undefined)
