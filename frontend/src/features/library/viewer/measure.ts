let pen: CanvasRenderingContext2D | null | undefined

/** How wide words are in the type of the words above a picture, at 100 px. */
export function measured(text: string): number {
  pen ??= document.createElement('canvas').getContext('2d')
  if (!pen) return text.length * 50
  pen.font = '100px sans-serif'
  return pen.measureText(text).width
}
