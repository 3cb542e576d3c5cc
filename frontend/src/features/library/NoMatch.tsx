import { Button, Group } from '@mantine/core'
import { IconBooks, IconBulb, IconStar } from '@tabler/icons-react'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { lazyPart } from '@/shared/lib/lazyPart'
import { useCorrection } from '@/shared/search/useCorrection'
import { LinkAnchor } from '@/shared/ui/links'
import { openNewIdea } from '@/shared/ui/overlays'
import { EmptyState } from '@/shared/ui/States'
import { chosen } from './filters'
import type { LibrarySearch } from './search'

const TellMe = lazyPart(() => import('@/shared/search/TellMe').then((m) => m.TellMe))

interface NoMatchProps {
  search: LibrarySearch
  onClear: () => void
}

const nothing: never[] = []

const places = {
  all: 'first',
  favourites: 'favourites',
  new: 'new',
  review_due: 'review',
  archived: 'archived',
} as const

/** Nothing to show: first use, an empty tab, or a search that the company has no answer to yet. */
export function NoMatch({ search, onClear }: NoMatchProps) {
  const { t } = useTranslation('library')
  const { t: tc } = useTranslation()
  const isNarrowed = chosen(search).length > 0
  const meant = useCorrection(search.q ?? '', nothing)
  if (search.q) {
    return (
      <>
        <EmptyState
          icon={<IconBulb size={28} stroke={1.5} />}
          title={t('none.search', { words: search.q })}
          action={
            <Group justify="center" gap="xs">
              <Button onClick={() => openNewIdea(search.q)}>{t('none.ask')}</Button>
              {isNarrowed && (
                <Button variant="default" onClick={onClear}>
                  {tc('action.clearFilters')}
                </Button>
              )}
            </Group>
          }
        >
          {meant && (
            <>
              {t('none.meant')}{' '}
              <LinkAnchor to="/library" search={{ ...search, q: meant }} fw={600}>
                {meant}
              </LinkAnchor>
              ?<br />
            </>
          )}
          {t('none.searchHint')}
        </EmptyState>
        <Suspense>{!isNarrowed && <TellMe />}</Suspense>
      </>
    )
  }
  if (isNarrowed) {
    return (
      <EmptyState
        icon={<IconBooks size={28} stroke={1.5} />}
        title={t('none.filters')}
        action={<Button onClick={onClear}>{tc('action.clearFilters')}</Button>}
      />
    )
  }
  const place = places[search.tab ?? 'all']
  return (
    <EmptyState
      icon={place === 'favourites' ? <IconStar size={28} stroke={1.5} /> : <IconBooks size={28} stroke={1.5} />}
      title={t(`none.${place}`)}
    >
      {t(`none.${place}Hint`)}
    </EmptyState>
  )
}
