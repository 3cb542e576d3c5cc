import { type Attributes, Node } from '@tiptap/core'

// The words of prosemirror-tables for what a node is. What it does to tables (features/drafts/richtext/tables.ts) is
// loaded when there is one.
const roles: Record<string, string> = { table: 'table', tableRow: 'row', tableHeader: 'header_cell', tableCell: 'cell' }

const Table = Node.create({
  name: 'table',
  group: 'block',
  content: 'tableRow+',
  isolating: true,
  parseHTML: () => [{ tag: 'table' }],
  renderHTML: () => ['table', ['tbody', 0]],
  extendNodeSchema: ({ name }) => (roles[name] ? { tableRole: roles[name] } : {}),
})

const TableRow = Node.create({
  name: 'tableRow',
  content: '(tableCell | tableHeader)*',
  parseHTML: () => [{ tag: 'tr' }],
  renderHTML: () => ['tr', 0],
})

const span = (name: 'colspan' | 'rowspan') => ({
  default: 1,
  parseHTML: (cell: HTMLElement) => {
    const n = Number(cell.getAttribute(name) ?? 1)
    return Number.isInteger(n) && n >= 1 && n <= 100 ? n : 1
  },
  renderHTML: (attrs: Record<string, unknown>) => (attrs[name] === 1 ? {} : { [name]: attrs[name] }),
})

const cellAttributes = (): Attributes => ({
  colspan: span('colspan'),
  rowspan: span('rowspan'),
  colwidth: { default: null, rendered: false }, // prosemirror-tables wants to find it; it is never set
  align: {
    default: null,
    parseHTML: (cell) => {
      const said = cell.style.textAlign || cell.getAttribute('align')
      return said === 'left' || said === 'center' || said === 'right' ? said : null
    },
    renderHTML: ({ align }) => (align ? { style: `text-align: ${align}` } : {}),
  },
})

const TableHeader = Node.create({
  name: 'tableHeader',
  content: 'block+',
  isolating: true,
  addAttributes: cellAttributes,
  parseHTML: () => [{ tag: 'th' }],
  renderHTML: ({ HTMLAttributes }) => ['th', HTMLAttributes, 0],
})

const TableCell = Node.create({
  name: 'tableCell',
  content: 'block+',
  isolating: true,
  addAttributes: cellAttributes,
  parseHTML: () => [{ tag: 'td' }],
  renderHTML: ({ HTMLAttributes }) => ['td', HTMLAttributes, 0],
})

export function tableExtensions() {
  return [Table, TableRow, TableHeader, TableCell]
}
