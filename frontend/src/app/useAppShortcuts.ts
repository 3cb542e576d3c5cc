import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '@/shared/lib/keys'
import { openKeys, openNewIdea, openSearch } from '@/shared/ui/overlays'
import type { NavItem } from './navigation'

export function useAppShortcuts({ main, more }: { main: NavItem[]; more: NavItem[] }): void {
  const navigate = useNavigate()
  const { t } = useTranslation()
  const general = t('keys.general')
  useShortcuts(
    [
      { keys: 'mod+k', label: t('nav.search'), group: general, run: () => openSearch() },
      { keys: '/', label: t('nav.search'), group: general, run: () => openSearch() },
      { keys: 'c', label: t('nav.newIdea'), group: general, run: () => openNewIdea() },
      { keys: '?', label: t('nav.keys'), group: general, run: openKeys },
      ...[...main, ...more].map((item) => ({
        keys: `g ${item.key}`,
        label: t(`nav.${item.label}`),
        group: t('keys.go'),
        run: () => void navigate({ to: item.to }),
      })),
    ],
    { isFrame: true },
  )
}
