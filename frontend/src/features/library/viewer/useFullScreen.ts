import { type RefObject, useCallback, useEffect, useState } from 'react'

/** The whole screen for an element; the whole window where the browser does not give the screen (phones). */
export function useFullScreen(ref: RefObject<HTMLElement | null>) {
  const [isFull, setFull] = useState(false)
  useEffect(() => {
    const listen = () => {
      if (!document.fullscreenElement) setFull(false)
    }
    document.addEventListener('fullscreenchange', listen)
    return () => document.removeEventListener('fullscreenchange', listen)
  }, [])
  useEffect(() => {
    if (!isFull) return
    const { overflow } = document.body.style
    document.body.style.overflow = 'hidden' // the page behind stays where it is
    return () => {
      document.body.style.overflow = overflow
    }
  }, [isFull])
  const leave = useCallback(() => {
    if (document.fullscreenElement) void document.exitFullscreen()
    setFull(false)
  }, [])
  const toggle = () => {
    if (isFull) {
      leave()
      return
    }
    setFull(true)
    ref.current?.requestFullscreen?.().catch(() => {})
  }
  return { isFull, toggle, leave }
}
