import { Node } from '@tiptap/core'

/** Sites whose addresses may stand as a card. The server has the same list (coedit/nodes.go). */
const sites: Record<string, string> = {
  'www.youtube.com': 'YouTube',
  'youtube.com': 'YouTube',
  'youtu.be': 'YouTube',
  'vimeo.com': 'Vimeo',
  'www.loom.com': 'Loom',
  'loom.com': 'Loom',
}

/** The name of the site that an address of a card leads to; nothing when it may not stand as one. */
export function embedSite(address: string): string | undefined {
  if (address.length > 500 || /[\s"<>\\]/.test(address)) return undefined
  try {
    const url = new URL(address)
    if (url.protocol !== 'https:' || url.username || url.port || url.pathname === '/') return undefined
    return Object.hasOwn(sites, url.hostname) ? sites[url.hostname] : undefined
  } catch {
    return undefined
  }
}

/** A card that opens a video elsewhere. Nothing of that site is loaded here. */
export const Embed = Node.create({
  name: 'embed',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes() {
    return { href: { isRequired: true } }
  },
  parseHTML() {
    return [
      {
        tag: 'p[data-embed]',
        priority: 60,
        getAttrs: (element) => {
          const href = element.querySelector('a')?.getAttribute('href') ?? ''
          return embedSite(href) ? { href } : false
        },
      },
    ]
  },
  renderHTML({ node }) {
    const href = String(node.attrs.href)
    const link = { href, rel: 'noopener noreferrer nofollow', target: '_blank' }
    return ['p', { 'data-embed': '' }, ['a', link, ['strong', {}, embedSite(href) ?? ''], ['span', {}, href]]]
  },
  renderText: ({ node }) => String(node.attrs.href),
})
