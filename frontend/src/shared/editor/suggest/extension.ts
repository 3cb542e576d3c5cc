import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { colorOf } from '../live/presence'
import { asSuggestion } from './convert'
import { type Found, keyOf, suggestionsIn } from './list'
import { isSuggestion, resolve } from './rules'

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    suggest: {
      /** Whether what is typed becomes suggestions. */
      setSuggesting: (on: boolean) => ReturnType
      /** Accepts or rejects the suggestions with these keys. */
      resolveSuggestions: (action: 'accept' | 'reject', keys: readonly string[]) => ReturnType
      /** Selects a suggestion: the next, the one before, or one by its key. */
      goToSuggestion: (which: 'next' | 'previous' | { key: string }) => ReturnType
    }
  }
  interface Storage {
    suggest: {
      isOn: boolean
      /** Nothing but suggestions is allowed to this person. */
      isFixed: boolean
    }
  }
}

const key = new PluginKey<DecorationSet>('suggest')

/** Colours of people: the same as those of their carets. */
function decorate(doc: Node): DecorationSet {
  const all: Decoration[] = []
  doc.descendants((node, pos) => {
    if (!node.isInline) return true
    const mark = node.marks.find(isSuggestion)
    if (mark) {
      const kind = mark.type.name === 'insertion' ? 'suggested-in' : 'suggested-out'
      const style = `--by: var(--suggest-${colorOf(String(mark.attrs.by))})`
      const isBreak = node.type.name === 'hardBreak'
      if (isBreak) {
        const sign = () => {
          const span = document.createElement('span')
          span.className = `suggested-break ${kind}`
          span.setAttribute('style', style)
          span.textContent = '↵'
          return span
        }
        all.push(Decoration.widget(pos, sign, { side: -1, marks: [], key: `${kind}${keyOf(mark.attrs)}` }))
      } else all.push(Decoration.inline(pos, pos + node.nodeSize, { class: kind, style }))
    }
    return false
  })
  return DecorationSet.create(doc, all)
}

/** The suggestion that a place in the text belongs to. */
export function suggestionAt(doc: Node, pos: number): Found | undefined {
  const $pos = doc.resolve(pos)
  const mark = [$pos.nodeAfter, $pos.nodeBefore].flatMap((n) => n?.marks.filter(isSuggestion) ?? [])[0]
  return mark && suggestionsIn(doc).find((s) => s.key === keyOf(mark.attrs))
}

/** Suggest mode of one person: their changes become suggestions, and suggestions can be accepted and rejected. */
export const suggest = (person: string) =>
  Extension.create({
    name: 'suggest',
    addStorage: () => ({ isOn: false, isFixed: false }),
    dispatchTransaction({ transaction, next }) {
      const { isOn: isWanted, isFixed } = this.storage
      // what was written in the text itself is undone there
      const isDirect = transaction.getMeta('resolves') || transaction.getMeta('history$')
      const isOn = isFixed || (isWanted && !isDirect)
      next(isOn ? asSuggestion(transaction, this.editor.state, person, new Date()) : transaction)
    },
    addCommands() {
      return {
        setSuggesting:
          (on) =>
          ({ tr, dispatch }) => {
            if (dispatch) {
              this.storage.isOn = on
              tr.setMeta('suggesting', on)
            }
            return true
          },
        resolveSuggestions:
          (action, keys) =>
          ({ tr, dispatch }) => {
            const chosen = new Set(keys)
            if (dispatch) resolve(tr, action, (mark) => chosen.has(keyOf(mark.attrs)))
            if (dispatch) tr.setMeta('resolves', true)
            return true
          },
        goToSuggestion:
          (which) =>
          ({ tr, dispatch }) => {
            const all = suggestionsIn(tr.doc)
            const { from } = tr.selection
            const one =
              typeof which === 'object'
                ? all.find((s) => s.key === which.key)
                : which === 'next'
                  ? (all.find((s) => s.from > from) ?? all[0])
                  : (all.findLast((s) => s.from < from) ?? all.at(-1))
            if (!one) return false
            if (dispatch) tr.setSelection(TextSelection.create(tr.doc, one.from, one.to)).scrollIntoView()
            return true
          },
      }
    },
    addKeyboardShortcuts() {
      const at = () => suggestionAt(this.editor.state.doc, this.editor.state.selection.from)
      const settle = (action: 'accept' | 'reject') => () => {
        const one = at()
        if (!one || (this.storage.isFixed && (action === 'accept' || one.by !== person))) return false
        return this.editor.chain().resolveSuggestions(action, [one.key]).goToSuggestion('next').run() || true
      }
      return {
        'Alt-ArrowDown': () => this.editor.commands.goToSuggestion('next'),
        'Alt-ArrowUp': () => this.editor.commands.goToSuggestion('previous'),
        'Mod-Alt-Enter': settle('accept'),
        'Mod-Alt-Backspace': settle('reject'),
      }
    },
    addProseMirrorPlugins() {
      return [
        new Plugin<DecorationSet>({
          key,
          state: {
            init: (_, { doc }) => decorate(doc),
            apply: (tr, now) => (tr.docChanged ? decorate(tr.doc) : now),
          },
          props: {
            decorations: (state) => key.getState(state),
            // what is pasted is nobody's suggestion yet
            transformPastedHTML: (html) => html.replaceAll(/<(\/?)(ins|del)\b[^>]*>/gi, ''),
          },
        }),
      ]
    },
  })
