import './i18n'
import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { isMarketer, useMe } from '@/shared/session/session'
import { PageHeader } from '@/shared/ui/PageHeader'
import { Board } from './board/Board'
import { BoardFilters } from './board/BoardFilters'
import { DraftList } from './board/DraftList'
import { useBoardKeys } from './board/useBoardKeys'
import { type BoardSearch, boardRoute } from './routes'

// opened rarely, and it brings the fields
const NewDraftDialog = lazy(() => import('./NewDraftDialog').then((m) => ({ default: m.NewDraftDialog })))

export function BoardPage() {
  const { t } = useTranslation('drafts')
  const me = useMe()
  const search = boardRoute.useSearch()
  const navigate = useNavigate({ from: boardRoute.fullPath })
  const [isPlanning, { open, close }] = useDisclosure()
  const canPlan = isMarketer(me)
  useBoardKeys(canPlan ? open : undefined)

  const setSearch = (change: Partial<BoardSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  const clear = () => setSearch({ show: undefined, person: undefined, type: undefined, archived: undefined })
  const hasFilter = Boolean(search.show || search.person || search.type || search.archived)
  const newButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={open}>
      {t('new.button')}
    </Button>
  )
  const shared = { search, onClear: hasFilter ? clear : undefined, newButton: canPlan && newButton }
  return (
    <div data-wide>
      <PageHeader title={t('title')} lead={t('lead')}>
        {canPlan && newButton}
      </PageHeader>
      <BoardFilters search={search} onChange={setSearch} />
      {search.view === 'list' || search.archived ? (
        <DraftList {...shared} />
      ) : (
        <Board {...shared} onStage={(stage) => setSearch({ stage })} />
      )}
      <Suspense>{isPlanning && <NewDraftDialog onClose={close} />}</Suspense>
    </div>
  )
}
