import { Node } from '@tiptap/core'

/** How wide a picture stands in the text. */
export const widths = ['small', 'normal', 'full'] as const
export type FigureWidth = (typeof widths)[number]

export interface FigureAttrs {
  /** Of the asset. */
  asset: string
  /** What a picture shows. null: nobody was asked yet. '': it only decorates. */
  alt: string | null
  caption: string
  width: FigureWidth
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The asset that an element of our own names; nothing else becomes a picture or a file of the text. */
function assetOf(element: HTMLElement): string | null {
  const id = element.dataset.asset
  return id && uuid.test(id) ? id : null
}

export const pictureAddress = (asset: string) => `/api/v1/assets/${asset}/download?inline=true`

/** A picture of the library with what is said about it. */
export const Figure = Node.create({
  name: 'figure',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes() {
    return {
      asset: { isRequired: true },
      alt: { default: null },
      caption: { default: '' },
      width: { default: 'normal' },
    }
  },
  parseHTML() {
    return [
      {
        tag: 'figure[data-asset]',
        getAttrs: (element) => {
          const asset = assetOf(element)
          if (!asset) return false
          const { alt, width } = element.dataset
          return {
            asset,
            alt: alt ?? null,
            caption: (element.querySelector('figcaption')?.textContent ?? '').slice(0, 500),
            width: widths.find((w) => w === width) ?? 'normal',
          }
        },
      },
    ]
  },
  renderHTML({ node }) {
    const { asset, alt, caption, width } = node.attrs as FigureAttrs
    const image = ['img', { src: pictureAddress(asset), alt: alt ?? '' }]
    const facts = { 'data-asset': asset, 'data-width': width, ...(alt !== null && { 'data-alt': alt }) }
    return caption ? ['figure', facts, image, ['figcaption', {}, caption]] : ['figure', facts, image]
  },
  renderText: ({ node }) => [node.attrs.alt, node.attrs.caption].filter(Boolean).join('\n'),
})

/** Another file of the library, to be downloaded. */
export const FileNode = Node.create({
  name: 'file',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes() {
    return { asset: { isRequired: true }, name: { isRequired: true } }
  },
  parseHTML() {
    return [
      {
        tag: 'p[data-asset]',
        priority: 60, // before paragraphs
        getAttrs: (element) => {
          const asset = assetOf(element)
          const name = element.textContent?.trim().slice(0, 255)
          return asset && name ? { asset, name } : false
        },
      },
    ]
  },
  renderHTML({ node }) {
    const { asset, name } = node.attrs as { asset: string; name: string }
    return ['p', { 'data-asset': asset }, ['a', { href: `/api/v1/assets/${asset}/download`, download: name }, name]]
  },
  renderText: ({ node }) => String(node.attrs.name),
})
