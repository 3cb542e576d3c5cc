/** Tags that never bring anything into a text. */
const gone =
  'script,style,link,meta,title,template,noscript,iframe,object,embed,applet,form,input,button,select,textarea,svg,math,audio,video,canvas,xml,o\\:p'

const wanted: Record<string, string[]> = {
  a: ['href'],
  td: ['colspan', 'rowspan', 'align'],
  th: ['colspan', 'rowspan', 'align'],
  ol: ['start', 'type'],
}

/** What a pasted page, Word's or Google's document has become, and what had to be done for it. */
export interface Cleaned {
  html: string
  /** Pictures that came along as data, in the order of the placeholders in the text. */
  pictures: File[]
  /** Pictures of other sites, which are links now: they are never fetched. */
  links: number
}

/** The placeholder of a picture that is still to be uploaded: an empty paragraph with this class. */
export const pictureMark = 'byline-picture-'

/** Whether markup is our own editor's, which needs no cleaning. */
export const isOwn = (html: string) => html.includes('data-pm-slice')

/**
 * Makes plain structure of the markup that other programs put on the clipboard: headings, lists, tables, emphasis and
 * links stay; scripts, styles, comments and hidden text go. ProseMirror then takes only what its schema knows.
 */
export function cleanPaste(source: string): Cleaned {
  const doc = new DOMParser().parseFromString(withoutConditions(source), 'text/html')
  const { body } = doc
  dropComments(body)
  dropHidden(body)
  for (const element of body.querySelectorAll(gone)) element.remove()
  wordLists(body)
  styledHeadings(body)
  styledMarks(body)
  const pictures: File[] = []
  let links = 0
  for (const image of [...body.querySelectorAll('img')]) {
    const file = pictures.length < 50 ? dataPicture(image.getAttribute('src') ?? '', pictures.length + 1) : undefined
    if (file) {
      pictures.push(file)
      const mark = doc.createElement('p')
      mark.textContent = `${pictureMark}${pictures.length - 1}-`
      image.replaceWith(mark)
    } else if (asLink(image)) links += 1
  }
  for (const cell of body.querySelectorAll('td, th')) headerCells(cell)
  for (const element of [...body.querySelectorAll('*')]) strip(element)
  return { html: body.innerHTML, pictures, links }
}

/** Word writes <![if !supportLists]>…<![endif]> around the marks of its lists, and <!--[if …]> around what only it reads. */
function withoutConditions(source: string): string {
  let isOpen = false
  return source.replace(/<!\[(if !supportLists|endif)\]>/gi, (all, word: string) => {
    const was = isOpen
    isOpen = word !== 'endif'
    if (isOpen) return '<span style="mso-list:Ignore">'
    return was ? '</span>' : all
  })
}

function dropComments(body: HTMLElement): void {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT)
  const comments: Node[] = []
  while (walker.nextNode()) comments.push(walker.currentNode)
  for (const comment of comments) comment.parentNode?.removeChild(comment)
  // Word's margin comments: their text, and the marks that lead to it
  for (const note of body.querySelectorAll(
    '[style*="mso-element:comment"], .msocomtxt, .MsoCommentReference, a.msocomanchor',
  ))
    note.remove()
}

function styleOf(element: Element): string {
  return (element.getAttribute('style') ?? '').replace(/\s+/g, '').toLowerCase()
}

function dropHidden(body: HTMLElement): void {
  for (const element of [...body.querySelectorAll('[style], [hidden]')]) {
    const style = styleOf(element)
    if (
      element.hasAttribute('hidden') ||
      /(^|;)(display:none|visibility:hidden|mso-hide:all|font-size:0(px|pt)?(;|$))/.test(style)
    )
      element.remove()
  }
}

const listOf = (element: Element) => /mso-list:(?:[a-z]*?)l(\d+)level(\d+)/.exec(styleOf(element))

/** Word's lists are paragraphs that say "l0 level1 lfo1" and begin with their mark. */
function wordLists(body: HTMLElement): void {
  for (const first of [...body.querySelectorAll('p, h1, h2, h3, h4, h5, h6')]) {
    if (!first.parentNode || !listOf(first)) continue
    const items: Element[] = []
    for (let next: Element | null = first; next && listOf(next); next = next.nextElementSibling) items.push(next)
    const doc = body.ownerDocument
    const open: { level: number; list: HTMLElement }[] = []
    const top = doc.createElement('div')
    first.before(top)
    for (const item of items) {
      const level = Math.min(9, Number(listOf(item)?.[2] ?? 1))
      const mark = takeMark(item)
      const ordered = /^\(?([0-9]+|[a-z]{1,4})[.)]/i.test(mark)
      while (open.length > 0 && (open.at(-1)?.level ?? 0) > level) open.pop()
      const last = open.at(-1)
      if (!last || last.level < level || last.list.localName !== (ordered ? 'ol' : 'ul')) {
        if (last && last.level === level) open.pop()
        const list = doc.createElement(ordered ? 'ol' : 'ul')
        const number = Number.parseInt(mark.replace('(', ''), 10)
        if (ordered && number > 1) list.setAttribute('start', String(number))
        const parent = open.at(-1)?.list.lastElementChild ?? top
        parent.append(list)
        open.push({ level, list })
      }
      const entry = doc.createElement('li')
      const words = doc.createElement('p')
      words.append(...item.childNodes)
      entry.append(words)
      open.at(-1)?.list.append(entry)
      item.remove()
    }
    top.replaceWith(...top.childNodes)
  }
}

/** Takes the mark off the front of a paragraph of a list and gives it. */
function takeMark(item: Element): string {
  let mark = ''
  for (const ignored of [...item.querySelectorAll('[style]')]) {
    if (/mso-list:ignore/.test(styleOf(ignored))) {
      mark ||= ignored.textContent?.trim() ?? ''
      ignored.remove()
    }
  }
  return mark
}

/** Titles are headings in all but their tag. */
function styledHeadings(body: HTMLElement): void {
  for (const title of [...body.querySelectorAll('p.MsoTitle, p.MsoHeading1, p.title')]) {
    const heading = body.ownerDocument.createElement('h1')
    heading.append(...title.childNodes)
    title.replaceWith(heading)
  }
}

/** Google says with styles what others say with tags, and wraps everything into a <b> that is not bold. */
function styledMarks(body: HTMLElement): void {
  for (const b of [...body.querySelectorAll('b, strong')]) {
    if (/(^|;)font-weight:(normal|[1-4]00)/.test(styleOf(b))) b.replaceWith(...b.childNodes)
  }
  for (const span of [...body.querySelectorAll('span, font')]) {
    const style = styleOf(span)
    const inHeading = span.closest('h1, h2, h3, h4, h5, h6')
    if (/(^|;)font-weight:(bold|[6-9]00)/.test(style) && !inHeading) wrapInside(span, 'strong')
    if (/(^|;)font-style:italic/.test(style)) wrapInside(span, 'em')
    if (/text-decoration[^;]*:[^;]*line-through/.test(style)) wrapInside(span, 's')
    if (/text-decoration[^;]*:[^;]*underline/.test(style) && !span.closest('a')) wrapInside(span, 'u')
  }
}

function wrapInside(element: Element, tag: string): void {
  const mark = element.ownerDocument.createElement(tag)
  mark.append(...element.childNodes)
  element.append(mark)
}

function headerCells(cell: Element): void {
  for (const name of ['colspan', 'rowspan']) {
    const n = Number(cell.getAttribute(name) ?? 1)
    if (!(Number.isInteger(n) && n >= 1 && n <= 100)) cell.removeAttribute(name)
  }
}

const kinds: Record<string, string> = { png: 'png', jpeg: 'jpg', jpg: 'jpg', gif: 'gif', webp: 'webp' }

function dataPicture(src: string, number: number): File | undefined {
  const found = /^data:image\/(png|jpe?g|gif|webp);base64,([A-Za-z0-9+/=\s]+)$/.exec(src)
  if (!found?.[1] || !found[2]) return undefined
  try {
    const bytes = Uint8Array.from(atob(found[2].replace(/\s/g, '')), (c) => c.charCodeAt(0))
    return new File([bytes], `pasted-${number}.${kinds[found[1]]}`, {
      type: `image/${found[1].replace('jpg', 'jpeg')}`,
    })
  } catch {
    return undefined
  }
}

/** A picture of another site stays where it is; the text links to it. */
function asLink(image: HTMLImageElement): boolean {
  const src = image.getAttribute('src') ?? ''
  if (!/^https?:\/\//i.test(src) || image.closest('a')) {
    image.remove()
    return false
  }
  const link = image.ownerDocument.createElement('a')
  link.href = src
  link.textContent = image.alt.trim() || src
  image.replaceWith(link)
  return true
}

/** Leaves of an element its tag and what it needs; links only to where links may lead. */
function strip(element: Element): void {
  const keep = wanted[element.localName] ?? []
  for (const { name } of [...element.attributes]) if (!keep.includes(name)) element.removeAttribute(name)
  if (element.localName !== 'a') return
  const href = element.getAttribute('href')?.trim() ?? ''
  if (/^(https?:\/\/[^/]|mailto:.)/i.test(href)) element.setAttribute('href', unwrapped(href))
  else element.replaceWith(...element.childNodes)
}

/** Google's documents lead through a redirect of theirs. */
function unwrapped(href: string): string {
  try {
    const url = new URL(href)
    const target = url.searchParams.get('q')
    if (url.hostname === 'www.google.com' && url.pathname === '/url' && target && /^https?:\/\/[^/]/i.test(target))
      return target
  } catch {
    // what the browser cannot read, the server decides
  }
  return href
}
