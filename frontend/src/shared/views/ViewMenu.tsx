import {
  IconArrowLeft,
  IconArrowRight,
  IconBell,
  IconBellOff,
  IconChevronDown,
  IconPencil,
  IconPinned,
  IconPinnedOff,
  IconTrash,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SavedView } from '@/shared/api/generated/types.gen'
import { ActionMenu } from '@/shared/ui/ActionMenu'
import classes from './ViewTabs.module.css'

interface ViewMenuProps {
  view: SavedView
  views: SavedView[]
  onEdit: () => void
  onDelete: () => void
  onTell: (yes: boolean) => void
  /** The order, and the view with which the page opens ('' means none). */
  onArrange: (ids: string[], opens?: string) => void
}

/** What can be done with the view that one is in. Order and opening are everybody's own. */
export function ViewMenu({ view, views, onEdit, onDelete, onTell, onArrange }: ViewMenuProps) {
  const { t } = useTranslation('views')
  const ids = views.map((v) => v.id)
  const at = ids.indexOf(view.id)
  const by = (step: -1 | 1) => onArrange(ids.toSpliced(at, 1).toSpliced(at + step, 0, view.id))
  const actions = [
    ...(view.may_edit
      ? [{ key: 'edit', label: t('action.rename'), icon: <IconPencil size={16} />, onClick: onEdit }]
      : []),
    ...(view.page === 'library'
      ? [
          {
            key: 'tell',
            label: view.tells ? t('action.untell') : t('action.tell'),
            icon: view.tells ? <IconBellOff size={16} /> : <IconBell size={16} />,
            onClick: () => onTell(!view.tells),
          },
        ]
      : []),
    view.opens
      ? {
          key: 'opens',
          label: t('action.notOpen'),
          icon: <IconPinnedOff size={16} />,
          onClick: () => onArrange(ids, ''),
        }
      : {
          key: 'opens',
          label: t('action.open'),
          icon: <IconPinned size={16} />,
          onClick: () => onArrange(ids, view.id),
        },
    {
      key: 'left',
      label: t('action.left'),
      icon: <IconArrowLeft size={16} />,
      disabled: at === 0,
      onClick: () => by(-1),
    },
    {
      key: 'right',
      label: t('action.right'),
      icon: <IconArrowRight size={16} />,
      disabled: at === ids.length - 1,
      onClick: () => by(1),
    },
    ...(view.may_edit
      ? [{ key: 'delete', label: t('action.delete'), icon: <IconTrash size={16} />, onClick: onDelete }]
      : []),
  ]
  return (
    <ActionMenu
      position="bottom-start"
      width={240}
      target={
        <button type="button" className={classes.menu} aria-label={t('menu', { name: view.name })}>
          <IconChevronDown size={15} aria-hidden />
        </button>
      }
      actions={actions}
    />
  )
}
