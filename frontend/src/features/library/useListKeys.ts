import { type RefObject, useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '@/shared/lib/keys'

interface ListKeys {
  /** Holds the links of the items, in order. */
  listRef: RefObject<HTMLElement | null>
  searchRef: RefObject<HTMLElement | null>
  onFavourite: (id: string) => void
}

/** j and k walk through the items, Enter opens by itself, f marks, / goes to the search box. */
export function useListKeys({ listRef, searchRef, onFavourite }: ListKeys): void {
  const { t } = useTranslation('library')
  const links = useCallback(
    () => Array.from(listRef.current?.querySelectorAll<HTMLElement>('[data-resource]') ?? []),
    [listRef],
  )
  const step = (by: number) => {
    const all = links()
    const at = all.indexOf(document.activeElement as HTMLElement)
    const next = all[at === -1 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]
    next?.focus()
    next?.scrollIntoView({ block: 'nearest' })
  }
  const group = t('title')
  useShortcuts([
    { keys: 'j', label: t('keys.next'), group, run: () => step(1) },
    { keys: 'k', label: t('keys.previous'), group, run: () => step(-1) },
    {
      keys: 'f',
      label: t('keys.favourite'),
      group,
      run: () => {
        const active = document.activeElement
        if (active instanceof HTMLElement && active.dataset.resource) onFavourite(active.dataset.resource)
      },
    },
    {
      keys: '/',
      label: t('search'),
      group,
      run: () => searchRef.current?.querySelector('input')?.focus(),
    },
  ])
}
