import { useTranslation } from 'react-i18next'
import { useShortcuts } from '@/shared/lib/keys'

/** j and k move through the rows of the page; Enter opens the one with the focus, as links do. */
export function usePostKeys(): void {
  const { t } = useTranslation('posts')
  const move = (step: 1 | -1) => {
    const rows = [...document.querySelectorAll<HTMLElement>('[data-post-row]')]
    const at = document.activeElement instanceof HTMLElement ? rows.indexOf(document.activeElement) : -1
    const next = at < 0 ? (step === 1 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step))
    rows[next]?.focus()
  }
  useShortcuts([
    { keys: 'j', label: t('keys.next'), group: t('title'), run: () => move(1) },
    { keys: 'k', label: t('keys.previous'), group: t('title'), run: () => move(-1) },
  ])
}
