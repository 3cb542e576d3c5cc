import './i18n'
import { Button } from '@mantine/core'
import { IconBell, IconBookmark, IconPinned, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listViewsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { SavedView, ViewFields } from '@/shared/api/generated/types.gen'
import { useMe } from '@/shared/session/session'
import { toast } from '@/shared/ui/toast'
import { useTell, useViewActions } from './api'
import { normal, queryOf, searchOf } from './query'
import { ViewMenu } from './ViewMenu'
import classes from './ViewTabs.module.css'

const ViewDialog = lazy(() => import('./ViewDialog').then((m) => ({ default: m.ViewDialog })))

interface ViewTabsProps {
  page: SavedView['page']
  search: object
  /** The parts of the address that make a view. */
  keys: readonly string[]
  /** Those of them that only say how things are shown: alone they are not worth a name. */
  shape?: readonly string[]
  /** Goes to the page with these filters and no others. */
  onOpen: (search: Record<string, unknown>) => void
}

/** Saved views as tabs over a page. Nothing is shown while there are none and no filter is on. */
export function ViewTabs({ page, search, keys, shape = [], onOpen }: ViewTabsProps) {
  const { t } = useTranslation('views')
  const me = useMe()
  const { data } = useQuery({ ...listViewsOptions({ query: { page } }), staleTime: 60_000 })
  const { create, update, remove, restore, arrange } = useViewActions(page)
  const tell = useTell()
  const [dialog, setDialog] = useState<'new' | SavedView>()
  const [lastId, setLastId] = useState<string>()
  const views = data?.items ?? []
  const current = queryOf({ ...search }, keys)
  const hasFilter =
    queryOf(
      { ...search },
      keys.filter((key) => !shape.includes(key)),
    ) !== ''
  const active = views.find((v) => normal(v.query, keys) === current)
  const isPlain = !active && !hasFilter
  const last = views.find((v) => v.id === lastId)

  // the page opens with the view that its reader chose, unless its address says something else
  const isOpening = useRef(true)
  useEffect(() => {
    if (!data || !isOpening.current) return
    isOpening.current = false
    const first = data.items.find((v) => v.opens)
    if (first && current === '') onOpen(searchOf(first.query))
  }, [data, current, onOpen])

  if (views.length === 0 && !hasFilter) return null
  const open = (view: SavedView | undefined) => {
    setLastId(view?.id)
    onOpen(view ? searchOf(view.query) : {})
  }
  const handleDelete = (view: SavedView) => {
    if (view.id === active?.id) onOpen({})
    const path = { id: view.id }
    const onUndo = () => restore.mutate({ path })
    remove.mutate({ path }, { onSuccess: () => toast.undo({ message: t('deleted', { name: view.name }), onUndo }) })
  }
  const handleTell = ({ id, name }: SavedView, yes: boolean) =>
    tell.mutate(
      { id, yes },
      { onSuccess: () => toast.success(t(yes ? 'told' : 'untold', { name })), onError: toast.error },
    )
  const handleArrange = (ids: string[], opens = views.find((v) => v.opens)?.id) =>
    arrange.mutate({ body: { page, ids, opens } })
  const handleUpdate = async (view: SavedView) => {
    try {
      await update.mutateAsync({ view, fields: { name: view.name, shared: view.shared, query: current } })
      toast.success(t('updated', { name: view.name }))
    } catch (error) {
      toast.error(error)
    }
  }
  const handleSave = async (fields: ViewFields) => {
    if (dialog === 'new') setLastId((await create.mutateAsync({ body: { ...fields, page } })).id)
    else if (dialog) await update.mutateAsync({ view: dialog, fields })
    toast.success(t('saved', { name: fields.name }))
  }
  return (
    <nav className={classes.bar} aria-label={t('label')}>
      {views.length > 0 && (
        <ul className={classes.tabs}>
          <li className={classes.tab} data-on={isPlain || undefined}>
            <button type="button" aria-current={isPlain ? 'page' : undefined} onClick={() => open(undefined)}>
              {t('all')}
            </button>
          </li>
          {views.map((view) => (
            <li key={view.id} className={classes.tab} data-on={view === active || undefined}>
              <button type="button" aria-current={view === active ? 'page' : undefined} onClick={() => open(view)}>
                {view.opens && <IconPinned size={14} role="img" aria-label={t('opens')} />}
                {view.owner.id !== me.id && (
                  <IconUsers size={14} role="img" aria-label={t('by', { name: view.owner.name })} />
                )}
                {view.tells && <IconBell size={14} role="img" aria-label={t('tells')} />}
                {view.name}
              </button>
              {view === active && (
                <ViewMenu
                  view={view}
                  views={views}
                  onEdit={() => setDialog(view)}
                  onDelete={() => handleDelete(view)}
                  onTell={(yes) => handleTell(view, yes)}
                  onArrange={handleArrange}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {!active && (hasFilter || last) && current !== '' && (
        <span className={classes.save}>
          {last?.may_edit && (
            <Button
              variant="subtle"
              size="compact-sm"
              loading={update.isPending}
              onClick={() => void handleUpdate(last)}
            >
              {t('update', { name: last.name })}
            </Button>
          )}
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconBookmark size={15} />}
            onClick={() => setDialog('new')}
          >
            {t('save')}
          </Button>
        </span>
      )}
      <Suspense>
        {dialog && (
          <ViewDialog
            title={dialog === 'new' ? t('dialog.new') : t('dialog.edit')}
            initial={dialog === 'new' ? { name: '', shared: 'nobody', query: current } : fieldsOf(dialog)}
            isMine={dialog === 'new' || dialog.owner.id === me.id}
            isBusy={create.isPending || update.isPending}
            error={create.error ?? update.error}
            onSave={handleSave}
            onClose={() => setDialog(undefined)}
          />
        )}
      </Suspense>
    </nav>
  )
}

const fieldsOf = ({ name, query, shared }: SavedView): ViewFields => ({ name, query, shared })
