import { useEffect, useRef } from 'react'
import { overlay } from '@/shared/ui/overlays'
import { createStore } from './store'

export interface Shortcut {
  /** "c", "?", "mod+k", "mod+alt+m", or a sequence: "g i". */
  keys: string
  /** Translated, for the list of shortcuts. */
  label: string
  /** Translated heading in the list of shortcuts. */
  group: string
  run: () => void
}

/** What can be pressed right now; the help dialog shows it. */
export const shortcuts = createStore<Shortcut[]>([])

let pending = ''
let pendingTimer: ReturnType<typeof setTimeout> | undefined

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
}

function hasOpenDialog(): boolean {
  if (overlay.get()) return true // its code may still be loading
  return document.querySelector('[role="dialog"][aria-modal="true"], .mantine-Menu-dropdown') !== null
}

const codes: Record<string, string> = { Period: '.', Comma: ',' }

function pressed(event: KeyboardEvent): string {
  const mod = event.ctrlKey || event.metaKey ? 'mod+' : ''
  // with Alt keyboards give other characters, so the place of the key counts
  if (mod && event.altKey) return `${mod}alt+${codes[event.code] ?? event.code.replace('Key', '').toLowerCase()}`
  return mod + (event.key.length === 1 ? event.key.toLowerCase() : event.key)
}

function handleKey(event: KeyboardEvent): void {
  const key = pressed(event)
  const hasMod = key.startsWith('mod+')
  if (event.defaultPrevented || event.isComposing || event.getModifierState('AltGraph')) return
  if (event.altKey && !hasMod) return
  if (!hasMod && (isTyping(event.target) || hasOpenDialog())) return
  const sequence = pending ? `${pending} ${key}` : key
  pending = ''
  clearTimeout(pendingTimer)
  // the page that was opened last wins
  const all = shortcuts.get().toReversed()
  const hit = all.find((s) => s.keys === sequence) ?? all.find((s) => s.keys === key)
  if (hit) {
    event.preventDefault()
    hit.run()
  } else if (all.some((s) => s.keys.startsWith(`${key} `))) {
    pending = key
    pendingTimer = setTimeout(() => {
      pending = ''
    }, 1000)
  }
}

let listening = false

/**
 * Registers shortcuts while the component is mounted. Single keys never fire in inputs or below dialogs. Those of the
 * frame give way to the same keys of a page, whichever was drawn first.
 */
export function useShortcuts(list: Shortcut[], { isFrame = false } = {}): void {
  const latest = useRef(list)
  latest.current = list
  const names = list.map((s) => `${s.keys}\t${s.label}`).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: names stands for the list, whose functions change each time
  useEffect(() => {
    if (!listening) {
      document.addEventListener('keydown', handleKey)
      listening = true
    }
    const mine = latest.current.map((s, i) => ({ ...s, run: () => latest.current[i]?.run() }))
    shortcuts.set(isFrame ? [...mine, ...shortcuts.get()] : [...shortcuts.get(), ...mine])
    return () => shortcuts.set(shortcuts.get().filter((s) => !mine.includes(s)))
  }, [names, isFrame])
}
