import { ActionIcon } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './ZoomPicture.module.css'
import { type Pan, panned, zoomed } from './zoom'

const still: Pan = { scale: 1, x: 0, y: 0 }

/** A picture that one moves and makes larger: by buttons, wheel, fingers, a double press and keys. */
export function ZoomPicture({ source, name }: { source: string; name: string }) {
  const { t } = useTranslation('library')
  const box = useRef<HTMLDivElement>(null)
  const [pan, setPan] = useState(still)
  const fingers = useRef(new Map<number, { x: number; y: number }>())

  const size = () => ({ width: box.current?.clientWidth ?? 1, height: box.current?.clientHeight ?? 1 })
  const zoom = (by: number, at?: { x: number; y: number }) => {
    const { width, height } = size()
    setPan((p) => zoomed(p, by, at ?? { x: width / 2, y: height / 2 }, { width, height }))
  }
  const inBox = (event: { clientX: number; clientY: number }) => {
    const at = box.current?.getBoundingClientRect()
    return { x: event.clientX - (at?.left ?? 0), y: event.clientY - (at?.top ?? 0) }
  }
  // React's own listener cannot keep the page from scrolling
  useEffect(() => {
    const el = box.current
    const wheel = (event: WheelEvent) => {
      event.preventDefault()
      const at = el?.getBoundingClientRect()
      const point = { x: event.clientX - (at?.left ?? 0), y: event.clientY - (at?.top ?? 0) }
      const room = { width: el?.clientWidth ?? 1, height: el?.clientHeight ?? 1 }
      setPan((p) => zoomed(p, Math.exp(-event.deltaY / 400), point, room))
    }
    el?.addEventListener('wheel', wheel, { passive: false })
    return () => el?.removeEventListener('wheel', wheel)
  }, [])

  const handleMove = (event: PointerEvent) => {
    const before = fingers.current.get(event.pointerId)
    if (!before) return
    const here = inBox(event)
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1]
    fingers.current.set(event.pointerId, here)
    if (!other) {
      setPan((p) => panned(p, here.x - before.x, here.y - before.y, size()))
      return
    }
    const apart = (p: { x: number; y: number }) => Math.max(Math.hypot(p.x - other.x, p.y - other.y), 1)
    zoom(apart(here) / apart(before), { x: (here.x + other.x) / 2, y: (here.y + other.y) / 2 })
  }
  const handleKey = (event: KeyboardEvent) => {
    const keys: Record<string, () => void> = {
      '+': () => zoom(1.4),
      '=': () => zoom(1.4),
      '-': () => zoom(1 / 1.4),
      '0': () => setPan(still),
      ArrowLeft: () => setPan((p) => panned(p, 60, 0, size())),
      ArrowRight: () => setPan((p) => panned(p, -60, 0, size())),
      ArrowUp: () => setPan((p) => panned(p, 0, 60, size())),
      ArrowDown: () => setPan((p) => panned(p, 0, -60, size())),
    }
    const run = keys[event.key]
    if (!run || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    run()
  }
  const lift = (event: PointerEvent) => fingers.current.delete(event.pointerId)
  return (
    <div className={classes.viewer}>
      <section
        ref={box}
        className={classes.box}
        aria-label={t('picture.pan', { name })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move the picture
        tabIndex={0}
        data-moves={pan.scale > 1 || undefined}
        onKeyDown={handleKey}
        onDoubleClick={(event) => (pan.scale > 1 ? setPan(still) : zoom(2.5, inBox(event)))}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          fingers.current.set(event.pointerId, inBox(event))
        }}
        onPointerMove={handleMove}
        onPointerUp={lift}
        onPointerCancel={lift}
      >
        <img
          src={source}
          alt={name}
          draggable={false}
          style={{ transform: `translate(${pan.x}px, ${pan.y}px) scale(${pan.scale})` }}
        />
      </section>
      <div className={classes.buttons}>
        <ActionIcon size={34} aria-label={t('picture.smaller')} disabled={pan.scale <= 1} onClick={() => zoom(1 / 1.4)}>
          <IconMinus size={16} />
        </ActionIcon>
        <button type="button" aria-label={t('picture.fit')} onClick={() => setPan(still)}>
          {Math.round(pan.scale * 100)}%
        </button>
        <ActionIcon size={34} aria-label={t('picture.larger')} disabled={pan.scale >= 8} onClick={() => zoom(1.4)}>
          <IconPlus size={16} />
        </ActionIcon>
      </div>
    </div>
  )
}
