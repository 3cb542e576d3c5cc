import { ActionIcon } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/shared/api/generated/types.gen'
import type { Action } from '../stages'
import classes from './DraftCard.module.css'

const loadMenu = () => import('./OpenMoveMenu')
const OpenMoveMenu = lazy(() => loadMenu().then((m) => ({ default: m.OpenMoveMenu })))

interface MoveMenuProps {
  draft: Draft
  onAction: (action: Action) => void
}

/** The button of a draft's menu. Nothing of the menu is loaded to see the page: it comes when one points at the button. */
export function MoveMenu({ draft, onAction }: MoveMenuProps) {
  const { t } = useTranslation('drafts')
  const [isWanted, setWanted] = useState(false)
  const preload = () => void loadMenu().catch(() => undefined)
  const button = (
    <ActionIcon size={26} className={classes.menu} aria-label={t('card.menu', { title: draft.title })}>
      <IconDots size={16} />
    </ActionIcon>
  )
  const closed = (
    <ActionIcon
      size={26}
      className={classes.menu}
      aria-label={t('card.menu', { title: draft.title })}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={preload}
      onFocus={preload}
      onClick={() => setWanted(true)}
    >
      <IconDots size={16} />
    </ActionIcon>
  )
  if (!isWanted) return closed
  return (
    <Suspense fallback={closed}>
      <OpenMoveMenu target={button} draft={draft} onAction={onAction} />
    </Suspense>
  )
}
