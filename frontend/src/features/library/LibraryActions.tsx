import { ActionIcon, Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconChecks, IconDots, IconPackage, IconShieldCheck, IconStack2 } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { isMarketer, useMe } from '@/shared/session/session'
import { ActionMenu, type MenuAction } from '@/shared/ui/ActionMenu'
import { LinkButton } from '@/shared/ui/links'

interface LibraryActionsProps {
  isSelecting: boolean
  onSelect: () => void
}

/** What else there is to do in the library: in a row, on phones behind one button, since what one looks for comes first. */
export function LibraryActions({ isSelecting, onSelect }: LibraryActionsProps) {
  const { t } = useTranslation('library')
  const { t: tc } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const canSelect = isMarketer(me) || me.admin
  const canImport = canSelect || me.lead
  const icon = { size: 16, stroke: 1.7 }
  const collections = (
    <LinkButton to="/library/collections" variant="default" leftSection={<IconStack2 {...icon} />}>
      {t('collections.title')}
    </LinkButton>
  )
  if (isPhone) {
    const actions: MenuAction[] = [
      {
        key: 'review',
        label: t('board.link'),
        icon: <IconShieldCheck {...icon} />,
        onClick: () => void navigate({ to: '/library/review' }),
      },
    ]
    if (canImport) {
      actions.push({
        key: 'import',
        label: t('transfers'),
        icon: <IconPackage {...icon} />,
        onClick: () => void navigate({ to: '/transfers' }),
      })
    }
    if (canSelect)
      actions.push({
        key: 'select',
        label: t(isSelecting ? 'bulk.clear' : 'bulk.begin'),
        icon: <IconChecks {...icon} />,
        onClick: onSelect,
      })
    return (
      <>
        {collections}
        <ActionMenu
          target={
            <ActionIcon variant="default" size={44} aria-label={tc('action.more')}>
              <IconDots size={18} />
            </ActionIcon>
          }
          actions={actions}
        />
      </>
    )
  }
  return (
    <>
      {collections}
      {canSelect && (
        <Button variant="default" aria-pressed={isSelecting} leftSection={<IconChecks {...icon} />} onClick={onSelect}>
          {t('bulk.begin')}
        </Button>
      )}
      {canImport && (
        <LinkButton to="/transfers" variant="default" leftSection={<IconPackage {...icon} />}>
          {t('transfers')}
        </LinkButton>
      )}
      <LinkButton to="/library/review" variant="default" leftSection={<IconShieldCheck {...icon} />}>
        {t('board.link')}
      </LinkButton>
    </>
  )
}
