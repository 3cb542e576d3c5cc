import { Menu } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconCopyPlus, IconSend } from '@tabler/icons-react'
import { cloneElement, type ReactElement, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/shared/api/generated/types.gen'
import { StateBadge } from '@/shared/ui/StateBadge'
import { type Action, stages, stepTo } from '../stages'
import classes from './DraftCard.module.css'

const others = [
  { action: 'resubmit', icon: IconSend },
  { action: 'revise', icon: IconCopyPlus },
  { action: 'archive', icon: IconArchive },
  { action: 'unarchive', icon: IconArchiveOff },
] as const

interface OpenMoveMenuProps {
  /** The button, which was pressed. */
  target: ReactElement<Record<string, unknown>>
  draft: Draft
  onAction: (action: Action) => void
}

/** Everything that can be done with a draft; what cannot says why. */
export function OpenMoveMenu({ target, draft, onAction }: OpenMoveMenuProps) {
  const { t } = useTranslation('drafts')
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    button.current?.focus()
    setOpen(true)
  }, [])
  const possible = others.filter(({ action }) => draft.allowed.includes(action))
  return (
    <Menu position="bottom-end" width={280} opened={isOpen} onChange={setOpen}>
      <Menu.Target>{cloneElement(target, { ref: button })}</Menu.Target>
      <Menu.Dropdown>
        {draft.state !== 'archived' && <Menu.Label>{t('move.to')}</Menu.Label>}
        {draft.state !== 'archived' &&
          stages
            .filter((stage) => stage !== draft.state)
            .map((stage) => {
              const step = stepTo(draft, stage)
              return (
                <Menu.Item key={stage} disabled={!step.action} onClick={() => step.action && onAction(step.action)}>
                  <span className={classes.target}>
                    <StateBadge state={stage} />
                    <span className={classes.why}>
                      {step.action ? t(`action.${step.action}`) : t(`move.${step.why}`)}
                    </span>
                  </span>
                </Menu.Item>
              )
            })}
        {possible.length > 0 && draft.state !== 'archived' && <Menu.Divider />}
        {possible.map(({ action, icon: Icon }) => (
          <Menu.Item key={action} leftSection={<Icon size={16} />} onClick={() => onAction(action)}>
            {t(`action.${action}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
