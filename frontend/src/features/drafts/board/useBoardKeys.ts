import { useTranslation } from 'react-i18next'
import { useShortcuts } from '@/shared/lib/keys'

const focused = () => document.activeElement?.closest<HTMLElement>('[data-card]') ?? undefined

function focusCard(by: 1 | -1): void {
  const cards = [...document.querySelectorAll<HTMLElement>('[data-card]')]
  const now = focused()
  const next = now ? cards[cards.indexOf(now) + by] : cards[0]
  next?.querySelector('a')?.focus()
}

/** j and k go from card to card, m opens the menu of one, n plans a new piece. */
export function useBoardKeys(onNew: (() => void) | undefined): void {
  const { t } = useTranslation('drafts')
  const group = t('keys.group')
  useShortcuts([
    { keys: 'j', label: t('keys.next'), group, run: () => focusCard(1) },
    { keys: 'k', label: t('keys.previous'), group, run: () => focusCard(-1) },
    { keys: 'm', label: t('keys.move'), group, run: () => focused()?.querySelector('button')?.click() },
    ...(onNew ? [{ keys: 'n', label: t('keys.new'), group, run: onNew }] : []),
  ])
}
