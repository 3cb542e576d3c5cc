import './i18n'
import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { PlanPills } from '@/shared/planning/PlanFilter'
import { countFilters, noPlanFilters } from '@/shared/planning/plan'
import { isMarketer, useMe } from '@/shared/session/session'
import { PageHeader } from '@/shared/ui/PageHeader'
import { ViewTabs } from '@/shared/views/ViewTabs'
import { Board } from './board/Board'
import { BoardFilters } from './board/BoardFilters'
import { DraftList } from './board/DraftList'
import { useBoardKeys } from './board/useBoardKeys'
import { type BoardSearch, boardRoute } from './routes'

// opened rarely, and it brings the fields
const NewDraftDialog = lazy(() => import('./NewDraftDialog').then((m) => ({ default: m.NewDraftDialog })))

/** What of the address a saved view has. */
const viewKeys = ['view', 'show', 'person', 'type', 'side', 'idea', 'archived', 'lanes', 'sort']

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
  const clear = () => setSearch({ ...noPlanFilters, show: undefined, archived: undefined })
  const hasFilter = Boolean(search.show || search.archived) || countFilters(search) > 0
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
      <ViewTabs
        page="drafts"
        search={search}
        keys={viewKeys}
        shape={['view', 'lanes', 'sort']}
        onOpen={(saved) => void navigate({ search: saved, replace: true })}
      />
      <BoardFilters search={search} onChange={setSearch} />
      <PlanPills search={search} onChange={setSearch} />
      {search.view === 'list' || search.archived ? (
        <DraftList {...shared} />
      ) : (
        <Board {...shared} onStage={(stage) => setSearch({ stage })} />
      )}
      <Suspense>{isPlanning && <NewDraftDialog onClose={close} />}</Suspense>
    </div>
  )
}
