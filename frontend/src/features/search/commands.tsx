import { IconArrowRight, IconBolt } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { i18n } from '@/shared/i18n'
import type { Shortcut } from '@/shared/lib/keys'
import type { Section } from './PaletteList'

// moving in a list, or opening the palette that is open, makes no sense in here
const notHere = ['mod+k', '/', 'j', 'k', 'f', 'v', 'mod+alt+.', 'mod+alt+,']

/** Pages and actions whose name has the words, from the shortcuts of the page: one list feeds keys, help and palette. */
export function commandsOf(
  all: Shortcut[],
  words: string,
  leave: (go: () => void) => () => void,
  t: TFunction<'search'>,
): Section[] {
  const wanted = words.trim().toLowerCase()
  const fits = all.filter(
    ({ keys, label }, i) =>
      !notHere.includes(keys) &&
      label.toLowerCase().includes(wanted) &&
      all.findIndex((s) => s.label === label && s.keys === keys) === i,
  )
  const pages = fits.filter((s) => s.group === i18n.t('keys.go'))
  const actions = fits.filter((s) => !pages.includes(s))
  const entries = (list: Shortcut[], icon: React.ReactNode) =>
    list.map((s) => ({ id: `${s.group} ${s.keys}`, icon, title: s.label, keys: s.keys, run: leave(s.run) }))
  return [
    { label: t('pages'), entries: entries(pages, <IconArrowRight size={17} stroke={1.6} />) },
    { label: t('actions'), entries: entries(actions, <IconBolt size={17} stroke={1.6} />) },
  ].filter((section) => section.entries.length > 0)
}
