/** The words of pages, laid over their pictures so that one can select and find them. */

export interface Line {
  /** Place and size, in ten-thousandths of the page. */
  x: number
  y: number
  w: number
  h: number
  /** The words. */
  t: string
}

interface Place {
  left: string
  top: string
  fontSize: string
  transform: string
}

/**
 * Where words stand: as high and as wide as in the picture, whatever its size on the screen. `measured` tells how wide
 * words are at a height of 100.
 */
export function placeOf(line: Line, width: number, height: number, measured: (text: string) => number): Place {
  const across = line.w * width
  const down = line.h * height
  const isDown = down > 2 * across && line.t.length > 2 // runs from top to bottom
  const long = isDown ? down : across
  const high = Math.max(isDown ? across : down, 4 * width)
  const natural = (measured(line.t) * high) / 100
  const scale = natural > 0 ? long / natural : 1
  return {
    left: `${((line.x * width + (isDown ? high : 0)) / width / 100).toFixed(3)}%`,
    top: `${(line.y / 100).toFixed(2)}%`,
    fontSize: `${(high / width / 100).toFixed(3)}cqw`,
    transform: `${isDown ? 'rotate(90deg) ' : ''}scaleX(${scale.toFixed(3)})`,
  }
}

function ruler(): (text: string) => number {
  const pen = document.createElement('canvas').getContext('2d')
  if (!pen) return (text) => text.length * 50
  pen.font = '100px sans-serif'
  return (text) => pen.measureText(text).width
}

async function lay(paper: HTMLElement, measured: (text: string) => number): Promise<void> {
  const { words = '', width, height } = paper.dataset
  const answer = await fetch(words)
  if (!answer.ok) return
  const layer = document.createElement('div')
  layer.className = 'words'
  layer.ariaHidden = 'true' // the text of the file is below its pages
  for (const line of (await answer.json()) as Line[]) {
    const span = document.createElement('span')
    span.textContent = `${line.t} `
    Object.assign(span.style, placeOf(line, Number(width), Number(height), measured))
    layer.append(span)
  }
  paper.append(layer)
}

/** Brings the words of pages when one comes near them. */
export function layWords(papers: HTMLElement[]): void {
  const measured = ruler()
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue
        near.unobserve(target)
        void lay(target as HTMLElement, measured).catch(() => undefined) // the picture is there without them
      }
    },
    { rootMargin: '200px' },
  )
  for (const paper of papers) near.observe(paper)
}

/** Says when the picture of a page did not come, and how to get it: its address works for a while only. */
export function watchPictures(papers: HTMLElement[]): void {
  for (const paper of papers) {
    const picture = paper.querySelector('img')
    const fail = () => {
      if (paper.querySelector('.failed')) return
      const failed = document.createElement('div')
      failed.className = 'failed'
      failed.role = 'alert'
      failed.append('This page did not load.')
      const again = document.createElement('button')
      again.type = 'button'
      again.textContent = 'Load again'
      again.addEventListener('click', () => location.reload())
      failed.append(again)
      paper.append(failed)
    }
    picture?.addEventListener('error', fail)
    if (picture?.complete && picture.naturalWidth === 0) fail() // before this script was there
  }
}
