import { IconClockHour4, IconHistory, IconTrendingUp, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listPopularSearchesOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { recentVisits } from '@/shared/lib/recent'
import { forgetSearch, forgetSearches, recentSearches } from '@/shared/search/recentSearches'
import { useMe } from '@/shared/session/session'
import type { Section } from './PaletteList'

const few = 4

/** What the palette offers before anything is written: opened last, searched last on this device, often searched in the company. */
export function useStartSections(
  isEmpty: boolean,
  leave: (go: () => void) => () => void,
  onSearch: (words: string) => void,
): Section[] {
  const { t } = useTranslation('search')
  const me = useMe()
  const router = useRouter()
  const [visits] = useState(() => recentVisits(me.id))
  const [searches, setSearches] = useState(() => recentSearches(me.id))
  const popular = useQuery({ ...listPopularSearchesOptions(), enabled: isEmpty, staleTime: 30_000 }).data?.items ?? []
  if (!isEmpty) return []
  const opened = visits.map((visit) => ({
    id: visit.path,
    icon: <IconClockHour4 size={17} stroke={1.6} />,
    title: visit.title,
    run: leave(() => router.history.push(visit.path)),
  }))
  const searched = searches.slice(0, few).map((words) => ({
    id: `searched ${words}`,
    icon: <IconHistory size={17} stroke={1.6} />,
    title: words,
    run: () => onSearch(words),
    onRemove: () => setSearches(forgetSearch(me.id, words)),
  }))
  const clear = {
    id: 'clear searches',
    icon: <IconX size={17} stroke={1.6} />,
    title: t('clearSearches'),
    run: () => {
      forgetSearches(me.id)
      setSearches([])
    },
  }
  const often = popular.slice(0, few).map(({ words }) => ({
    id: `often ${words}`,
    icon: <IconTrendingUp size={17} stroke={1.6} />,
    title: words,
    run: () => onSearch(words),
  }))
  return [
    { label: t('recent'), entries: opened },
    { label: t('recentSearches'), entries: searched.length > 0 ? [...searched, clear] : [] },
    { label: t('popular'), entries: often },
  ].filter((section) => section.entries.length > 0)
}
