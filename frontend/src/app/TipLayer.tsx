import { Suspense, useEffect, useState } from 'react'
import { lazyPart } from '@/shared/lib/lazyPart'

const TipBubble = lazyPart(() => import('./TipBubble').then((m) => m.TipBubble))

const wait = 300

/** Shows the words of `Tip` beside what one points at, or what the keyboard has come to. */
export function TipLayer() {
  const [target, setTarget] = useState<HTMLElement>()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let over: HTMLElement | undefined
    const show = (element: HTMLElement | undefined) => {
      if (element === over) return
      over = element
      clearTimeout(timer)
      setTarget(undefined)
      if (element) timer = setTimeout(() => element.isConnected && setTarget(element), wait)
    }
    const tipOf = (event: Event) =>
      event.target instanceof Element ? (event.target.closest<HTMLElement>('[data-tip]') ?? undefined) : undefined
    const point = (event: PointerEvent) => {
      if (event.pointerType !== 'touch') show(tipOf(event)) // a finger has pressed by then
    }
    const focus = (event: FocusEvent) => {
      const element = tipOf(event)
      show(element?.matches(':focus-visible') ? element : undefined)
    }
    const hide = () => show(undefined)
    const handleKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide()
    }
    document.addEventListener('pointerover', point)
    document.addEventListener('focusin', focus)
    document.addEventListener('focusout', hide)
    document.addEventListener('pointerdown', hide)
    document.addEventListener('keydown', handleKey)
    document.addEventListener('scroll', hide, { capture: true, passive: true })
    return () => {
      clearTimeout(timer)
      document.removeEventListener('pointerover', point)
      document.removeEventListener('focusin', focus)
      document.removeEventListener('focusout', hide)
      document.removeEventListener('pointerdown', hide)
      document.removeEventListener('keydown', handleKey)
      document.removeEventListener('scroll', hide, { capture: true })
    }
  }, [])
  return <Suspense>{target && <TipBubble target={target} />}</Suspense>
}
