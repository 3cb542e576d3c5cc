import type { Page } from '@playwright/test'

/** What a finger would have to press on a page, in sight, and is smaller than 44 by 44 px. Links within sentences may be. */
export function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>()
    const pressed = 'a[href], button, input, select, summary, [role=button], [role=menuitem]'
    for (const e of document.querySelectorAll<HTMLInputElement>(pressed)) {
      const style = getComputedStyle(e)
      if (e.disabled || e.closest('[hidden], [inert]') || style.visibility === 'hidden' || style.opacity === '0')
        continue
      const isInText = style.display === 'inline' && e.parentElement?.textContent?.trim() !== e.textContent?.trim()
      if (e.matches('a') && isInText) continue
      const own = /checkbox|radio/.test(e.type) ? (e.labels?.[0] ?? e) : e
      const box = own.getBoundingClientRect()
      if (box.width < 2 || box.height < 2 || box.right < 0) continue
      const around = getComputedStyle(e, '::after') // may make the area larger
      const isGrown = around.content !== 'none' && around.position === 'absolute'
      const [w, h] = isGrown ? [Number.parseFloat(around.width), Number.parseFloat(around.height)] : [0, 0]
      if (Math.max(box.width, w || 0) > 43.5 && Math.max(box.height, h || 0) > 43.5) continue
      const name = (e.getAttribute('aria-label') ?? e.textContent ?? '').trim().slice(0, 50)
      found.add(`${Math.round(box.width)}×${Math.round(box.height)} ${e.tagName} ${e.className} “${name}”`)
    }
    return [...found]
  })
}
