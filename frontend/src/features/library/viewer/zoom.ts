/** A picture in a box: how large, and how far it is moved from the top left corner. */
export interface Pan {
  scale: number
  x: number
  y: number
}

interface Size {
  width: number
  height: number
}

const clamp = (v: number, low: number, high: number) => Math.min(Math.max(v, low), high)

/** Keeps the picture over the whole box. */
function held(pan: Pan, box: Size): Pan {
  return {
    scale: pan.scale,
    x: clamp(pan.x, box.width * (1 - pan.scale), 0),
    y: clamp(pan.y, box.height * (1 - pan.scale), 0),
  }
}

export function panned(pan: Pan, dx: number, dy: number, box: Size): Pan {
  return held({ ...pan, x: pan.x + dx, y: pan.y + dy }, box)
}

/** Larger or smaller, 1 to 8 times, around a point that stays where it is. */
export function zoomed(pan: Pan, by: number, at: { x: number; y: number }, box: Size): Pan {
  const scale = clamp(pan.scale * by, 1, 8)
  const k = scale / pan.scale
  return held({ scale, x: at.x - (at.x - pan.x) * k, y: at.y - (at.y - pan.y) * k }, box)
}
