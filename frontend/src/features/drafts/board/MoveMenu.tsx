import { ActionIcon } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconCopyPlus, IconDots, IconSend } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/shared/api/generated/types.gen'
import { ActionMenu, type MenuAction } from '@/shared/ui/ActionMenu'
import { StateBadge } from '@/shared/ui/StateBadge'
import { type Action, stages, stepTo } from '../stages'
import classes from './DraftCard.module.css'

const others = [
  { action: 'resubmit', icon: IconSend },
  { action: 'revise', icon: IconCopyPlus },
  { action: 'archive', icon: IconArchive },
  { action: 'unarchive', icon: IconArchiveOff },
] as const

interface MoveMenuProps {
  draft: Draft
  onAction: (action: Action) => void
}

/** Everything that can be done with a draft; what cannot says why. */
export function MoveMenu({ draft, onAction }: MoveMenuProps) {
  const { t } = useTranslation('drafts')
  const isArchived = draft.state === 'archived'
  const moves = isArchived ? [] : stages.filter((stage) => stage !== draft.state)
  const actions: MenuAction[] = [
    ...moves.map((stage) => {
      const { action, why } = stepTo(draft, stage)
      return {
        key: stage,
        disabled: !action,
        onClick: () => action && onAction(action),
        label: (
          <span className={classes.target}>
            <StateBadge state={stage} />
            <span className={classes.why}>{action ? t(`action.${action}`) : t(`move.${why}`)}</span>
          </span>
        ),
      }
    }),
    ...others
      .filter(({ action }) => draft.allowed.includes(action))
      .map(({ action, icon: Icon }, i) => ({
        key: action,
        isApart: i === 0 && !isArchived,
        icon: <Icon size={16} />,
        label: t(`action.${action}`),
        onClick: () => onAction(action),
      })),
  ]
  return (
    <ActionMenu
      position="bottom-end"
      width={280}
      title={isArchived ? undefined : t('move.to')}
      actions={actions}
      target={
        <ActionIcon size={26} className={classes.menu} aria-label={t('card.menu', { title: draft.title })}>
          <IconDots size={16} />
        </ActionIcon>
      }
    />
  )
}
