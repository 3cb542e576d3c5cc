import { Tooltip } from '@mantine/core'
import { useEffect, useState } from 'react'

/** The words, which may change while they are shown ("copied"). Readers of the screen have them as the button's name. */
export function TipBubble({ target }: { target: HTMLElement }) {
  const [label, setLabel] = useState(target.dataset.tip)
  useEffect(() => {
    const look = () => setLabel(target.dataset.tip)
    look()
    const observer = new MutationObserver(look)
    observer.observe(target, { attributes: true, attributeFilter: ['data-tip'] })
    return () => observer.disconnect()
  }, [target])
  return label ? <Tooltip key={label} target={target} label={label} opened aria-hidden /> : null
}
