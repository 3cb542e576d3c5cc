import { Plugin, type PluginSpec, type Transaction } from '@tiptap/pm/state'
import { goToNextCell, tableEditing } from '@tiptap/pm/tables'

const isRemote = (tr: Transaction) => tr.getMeta('addToHistory') === false || tr.getMeta('rebased') !== undefined

/**
 * Selecting and repairing of tables. Rows are made even by whoever changed them, and by nobody else: two editors that both
 * repair what came from the other would repair each other's repairs for ever.
 */
export function tablePlugins(): Plugin[] {
  const editing = tableEditing()
  const spec = editing.spec as PluginSpec<unknown>
  const append = spec.appendTransaction
  return [
    new Plugin({
      ...spec,
      appendTransaction(transactions, before, now) {
        return transactions.some(isRemote) ? null : append?.call(editing, transactions, before, now)
      },
    }),
    new Plugin({
      props: {
        handleKeyDown(view, event) {
          if (event.key !== 'Tab' || event.altKey || event.ctrlKey || event.metaKey) return false
          return goToNextCell(event.shiftKey ? -1 : 1)(view.state, view.dispatch)
        },
      },
    }),
  ]
}
