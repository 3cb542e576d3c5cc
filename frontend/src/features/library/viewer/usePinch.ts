import { type RefObject, useEffect, useRef } from 'react'

const apart = ([a, b]: TouchList | Touch[]) => (a && b ? Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) : 0)

/** Two fingers on a box: tells how much larger what is in it should become since they came down. */
export function usePinch(
  ref: RefObject<HTMLElement | null>,
  isReady: boolean,
  zoom: number,
  onZoom: (zoom: number) => void,
) {
  const now = useRef({ zoom, onZoom })
  now.current = { zoom, onZoom }
  useEffect(() => {
    const box = ref.current
    if (!box || !isReady) return
    let from: { apart: number; zoom: number } | undefined
    let frame = 0
    const begin = (event: TouchEvent) => {
      from = event.touches.length === 2 ? { apart: apart(event.touches), zoom: now.current.zoom } : undefined
    }
    const move = (event: TouchEvent) => {
      if (!from || event.touches.length !== 2) return
      event.preventDefault() // or the browser would make the whole page larger
      const to = Math.min(Math.max((from.zoom * apart(event.touches)) / Math.max(from.apart, 1), 0.5), 4)
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => now.current.onZoom(Math.round(to * 100) / 100))
    }
    const end = () => {
      from = undefined
    }
    box.addEventListener('touchstart', begin, { passive: true })
    box.addEventListener('touchmove', move, { passive: false })
    box.addEventListener('touchend', end)
    box.addEventListener('touchcancel', end)
    return () => {
      cancelAnimationFrame(frame)
      box.removeEventListener('touchstart', begin)
      box.removeEventListener('touchmove', move)
      box.removeEventListener('touchend', end)
      box.removeEventListener('touchcancel', end)
    }
  }, [ref, isReady])
}
