import { Mark } from '@tiptap/core'

const attribute = (name: string) => ({
  default: null,
  parseHTML: (element: HTMLElement) => element.getAttribute(`data-${name}`),
  renderHTML: (attributes: Record<string, unknown>) => ({ [`data-${name}`]: attributes[name] }),
})

const suggestion = (name: 'insertion' | 'deletion', tag: 'ins' | 'del') =>
  Mark.create({
    name,
    // what is typed beside a suggestion is no part of it
    inclusive: false,
    // two people may suggest the same: neither replaces the other's
    excludes: '',
    addAttributes: () => ({ id: attribute('id'), by: attribute('by'), at: attribute('at') }),
    parseHTML: () => [{ tag: `${tag}[data-by][data-id]`, priority: 60 }],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
  })

/** Text that somebody suggests to put in. */
export const Insertion = suggestion('insertion', 'ins')

/** Text that somebody suggests to take out. */
export const Deletion = suggestion('deletion', 'del')
