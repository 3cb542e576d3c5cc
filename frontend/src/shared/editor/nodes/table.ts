import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import { Plugin, type PluginSpec, type Transaction } from '@tiptap/pm/state'

const isRemote = (tr: Transaction) => tr.getMeta('addToHistory') === false || tr.getMeta('rebased') !== undefined

/**
 * Tables whose rows are made even by whoever changed them, and by nobody else: two editors that both repair what came from
 * the other would repair each other's repairs for ever.
 */
const SharedTable = Table.extend({
  addProseMirrorPlugins() {
    return (this.parent?.() ?? []).map((plugin) => {
      const spec = plugin.spec as PluginSpec<unknown>
      const append = spec.appendTransaction
      if (!append) return plugin
      return new Plugin({
        ...spec,
        appendTransaction(transactions, before, now) {
          return transactions.some(isRemote) ? null : append.call(this, transactions, before, now)
        },
      })
    })
  },
})

export function tableExtensions() {
  return [SharedTable.configure({ resizable: false }), TableRow, TableHeader, TableCell]
}
