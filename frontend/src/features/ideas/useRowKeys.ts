import { useTranslation } from 'react-i18next'
import { useShortcuts } from '@/shared/lib/keys'

const rows = () => [...document.querySelectorAll<HTMLElement>('[data-idea]')]
const current = () => rows().findIndex((row) => row.contains(document.activeElement))

function go(step: 1 | -1): void {
  const all = rows()
  const at = current()
  const next = at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))
  const link = all[next]?.querySelector('a')
  link?.focus()
  all[next]?.scrollIntoView({ block: 'nearest' })
}

/** j and k walk through the rows with the real focus, so Enter opens; v votes. */
export function useRowKeys(): void {
  const { t } = useTranslation('ideas')
  const group = t('title')
  useShortcuts([
    { keys: 'j', label: t('keys.next'), group, run: () => go(1) },
    { keys: 'k', label: t('keys.previous'), group, run: () => go(-1) },
    {
      keys: 'v',
      label: t('keys.vote'),
      group,
      run: () => rows()[current()]?.querySelector<HTMLElement>('[data-vote]')?.click(),
    },
  ])
}
